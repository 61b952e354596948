#pragma once

#include "core/failure.hpp"
#include "core/random.hpp"
#include "core/touch.hpp"
#include "engagement/working_days.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace rasid {

/// A person's click on one planned touch.
struct TouchAction {
    std::string action = {};      ///< done | skip | move | reopen
    std::optional<Date> to = {};  ///< move: the new day; absent: the next free working day
    std::string text = {};        ///< done: what was said or sent; skip, move: why
    std::string actor = {};       ///< id of the person
};

/// What it changes. Doing a touch is an outbound ledger entry of its kind; a call that is done makes the note that
/// follows it due, drafted from what was said; a call that is skipped takes its note along. Fails with not_found, with
/// refused when its state does not allow it, with malformed when the day is none of a year's working days.
Result<PlanChange> act_on_touch(const PlanState& plan, std::string_view touch, const TouchAction& action,
                                const WorkingDays& days, Random& random, Instant now);

/// Something that was done towards a customer, logged by a person or by the daemon that sent it.
struct Contact {
    std::string kind = {};     ///< a touch kind
    std::string channel = {};  ///< empty: the kind's own
    Instant at = {};
    std::string text = {};
    std::string ticket = {};  ///< about a complaint: stands beside the plan
    std::string actor = {};
};

/// The planned touch that a contact fulfils: of its kind, not held, the longest overdue, else the next one due within a
/// month; a call fulfils a recovery call first. nullptr: it stands beside the plan.
const PlannedTouch* fulfilled_by(const PlanState& plan, const Contact& contact, Date today);

/// The ledger entry of a contact, and the planned touch that it fulfils done.
PlanChange log_contact(const PlanState& plan, const Contact& contact, const WorkingDays& days, Random& random);

/// The draft of the note that follows a call, in the customer's language, from what was said in it.
std::string draft_note(const Customer& customer, std::string_view said);

}  // namespace rasid

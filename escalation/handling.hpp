#pragma once

#include "core/failure.hpp"
#include "escalation/route.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// How a ticket is handled besides answering it in writing: by voice, as a dispute, against what breaks a written rule.
/// The events of such a command, without id and actor; fails with refused where the state of the ticket, the setup or
/// what is missing does not allow it.
///
/// - plan_call: `text` says why, `detail` has step (call | meeting), contact and due_at; `person` calls, else the
/// actor.
/// - call_held: `event` is the planned one, `text` what came of it.
/// - dispute: `detail.step` in their order problem, alternatives, agreement, checked; agreement has due_at, the
///   check-back date; `text` in words. A step may be told again until the next one.
/// - intervene: `detail.rule` is a written rule, which is cited with its version; `detail.step` is cited, warned,
/// hidden,
///   muted or handed_on (to `person`).
/// - depart: `detail.rule` is the guideline that was not followed, `text` says why.
Result<std::vector<TicketEvent>> handling_events(const Policies& policies, std::span<const TicketEvent> history,
                                                 const TicketCommand& command, Instant now);

/// The guideline that stands beside a ticket; null: none fits.
const Guideline* guideline_of(const Policies& policies, std::string_view rule, std::string_view tier);

/// A planned call or meeting as an iCalendar invitation (RFC 5545) for the one who calls. `summary` is its title.
struct CallInvitation {
    TicketEvent planned = {};  ///< call_planned
    Person organizer = {};     ///< who planned it
    Person attendee = {};      ///< who calls
    std::string summary = {};
    std::string url = {};  ///< of the ticket; empty: not known
    std::string domain = {};
    int revision = 0;
    bool withdrawn = false;
};
std::string call_invitation(const CallInvitation& invitation, Instant stamp);

/// How a written rule is cited: "no insults, version 3".
std::string cited(const ConductRule& rule);

}  // namespace rasid

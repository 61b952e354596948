#pragma once

#include "core/bad_experience.hpp"
#include "core/customer.hpp"
#include "core/proposal.hpp"
#include "core/survey.hpp"
#include "core/verdict.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

enum class TouchState { planned, held, done, skipped };
std::string_view to_string(TouchState state);
std::optional<TouchState> parse_touch_state(std::string_view word);

/// One contact that a customer's plan promises for a day of the year.
struct PlannedTouch {
    std::string id = {};
    std::string customer = {};
    int year = 0;
    std::string kind =
        {};           ///< newsletter | greeting_card | call | follow_up_note | personal_card | gift | recovery_call
    int ordinal = 0;  ///< 1 … count, within customer, year and kind
    Date due_on = {};
    TouchState state = TouchState::planned;
    std::string reason = {};  ///< why it stands there, is held or was moved
    std::optional<Instant> done_at = {};
    std::string plan = {};      ///< name of the template that laid it
    std::string channel = {};   ///< mail | phone | text | post; empty: not chosen
    std::string owner = {};     ///< person whose list it stands on
    std::string occasion = {};  ///< what binds it to its day: "birthday", "eid_al_fitr"; empty: nothing
    std::string follows = {};   ///< id of the call that must be logged before this note is owed; empty: nothing
    std::string draft = {};     ///< what to write, where something is prepared

    bool operator==(const PlannedTouch&) const = default;
};

/// Something that happened to one planned touch; appended, never changed. A year as it stands is the fold of these over
/// the touches as they were laid (engagement/touch_fold.hpp).
enum class TouchEventKind { laid, held, released, moved, done, skipped, reopened, drafted };
std::string_view to_string(TouchEventKind kind);
std::optional<TouchEventKind> parse_touch_event_kind(std::string_view word);

struct TouchEvent {
    std::string id = {};  ///< made of touch, moment, kind and place in the change: the same change has the same ids
    std::string customer = {};
    std::string touch = {};
    Instant at = {};
    std::string actor = {};  ///< id of a person; empty: Rasid itself
    TouchEventKind kind = TouchEventKind::laid;
    Date due_on = {};         ///< moved: the new day
    std::string reason = {};  ///< held, released: the guard's; moved, skipped: why
    std::string text = {};    ///< drafted: the draft
    std::optional<PlannedTouch> laid = {};

    bool operator==(const TouchEvent&) const = default;
};

enum class Direction { inbound, outbound };
std::string_view to_string(Direction direction);

/// One contact that happened: a mention of a known customer, a reply to him, a planned touch done. Appended, never
/// changed.
struct LedgerEntry {
    std::string id = {};
    std::string customer = {};
    Instant at = {};
    Direction direction = Direction::inbound;
    std::string channel = {};  ///< platform, "mail", "phone"…
    std::string kind = {};  ///< mention | reply | a touch kind | survey (its answer) | referral (he brought somebody) |
                            ///< correction (of a touch marked done by mistake)
    Polarity polarity = Polarity::neutral;
    std::string text = {};
    std::string mention = {};
    std::string ticket = {};
    std::string touch = {};           ///< id of the planned touch that it fulfilled; empty: it stands beside the plan
    std::string bad_experience = {};  ///< id of the case that it belongs to
    std::vector<std::string> about = {};  ///< tags of the mention
    std::string actor = {};               ///< id of the person who made the contact; empty: not known, or the customer

    bool operator==(const LedgerEntry&) const = default;
};

/// Holds a customer's planned touches while a case of his is open.
struct Guard {
    std::string ticket = {};  ///< id of the open case, which is its ticket's where it has one; empty: nothing is held
    std::optional<Instant> since = {};
    std::string reason = {};

    bool held() const { return !ticket.empty(); }
    bool operator==(const Guard&) const = default;
};

/// A customer with his plan as it stands.
struct PlanState {
    Customer customer = {};
    std::vector<PlannedTouch> touches = {};  ///< of the current year
    Guard guard = {};
    std::vector<BadExperience> cases = {};
    std::vector<Survey> surveys = {};
};

/// What a mention, a reply or a click changes in one customer's plan.
struct PlanChange {
    std::string customer = {};
    std::vector<PlannedTouch> touches = {};  ///< whole rows to insert or replace, by id
    std::vector<LedgerEntry> ledger = {};
    std::optional<Guard> guard = {};  ///< the guard as it stands afterwards, where it changes
    std::vector<TouchEvent> events = {};
    std::vector<BadExperience> cases = {};  ///< whole rows to insert or replace, by id
    std::vector<CaseEvent> case_events = {};
    std::vector<Survey> surveys = {};      ///< whole rows to insert or replace, by id
    std::vector<Proposal> proposals = {};  ///< to insert where the id is new: what was decided is not asked again
};

}  // namespace rasid

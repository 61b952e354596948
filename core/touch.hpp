#pragma once

#include "core/customer.hpp"
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
    std::string kind = {};  ///< newsletter | greeting_card | call | follow_up_note | personal_card | gift
    int ordinal = 0;        ///< 1 … count, within customer, year and kind
    Date due_on = {};
    TouchState state = TouchState::planned;
    std::string reason = {};  ///< why it stands there, is held or was moved
    std::optional<Instant> done_at = {};

    bool operator==(const PlannedTouch&) const = default;
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
    std::string kind = {};     ///< mention | reply | a touch kind | correction (of a touch marked done by mistake)
    Polarity polarity = Polarity::neutral;
    std::string text = {};
    std::string mention = {};
    std::string ticket = {};

    bool operator==(const LedgerEntry&) const = default;
};

/// Holds a customer's planned touches while a complaint of his is open.
struct Guard {
    std::string ticket = {};  ///< the complaint's ticket; empty: nothing is held
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
};

/// What a mention, a reply or a click changes in one customer's plan.
struct PlanChange {
    std::string customer = {};
    std::vector<PlannedTouch> touches = {};  ///< whole rows to insert or replace, by id
    std::vector<LedgerEntry> ledger = {};
    std::optional<Guard> guard = {};  ///< the guard as it stands afterwards, where it changes
};

}  // namespace rasid

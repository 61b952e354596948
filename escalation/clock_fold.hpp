#pragma once

#include "escalation/clock_event.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// A clock with what was known when it was folded.
struct ClockRow : TargetClock {
    ClockState state = ClockState::running;
    Calendar hours = {};  ///< of `calendar`, as they were promised

    bool operator==(const ClockRow&) const = default;
};

/// One line of `rasid explain`.
struct ClockStep {
    enum class What { started, paused, resumed, recomputed, met, breached, withdrawn };
    Instant at = {};
    Target target = Target::first_response;
    int round = 1;
    What what = What::started;
    std::string calendar = {};
    std::optional<Instant> due_at = {};

    bool operator==(const ClockStep&) const = default;
};
std::string_view to_string(ClockStep::What what);

struct TicketClocks {
    std::vector<ClockRow> rows = {};  ///< in order of their start
    TicketStatus status = TicketStatus::active;
    bool resolved = false;
    std::optional<Instant> unanswered_since = {};  ///< the customer's oldest message without an answer
    std::vector<PausedBy> paused_by = {};          ///< by person, in order of the first pause
    std::vector<ClockStep> steps = {};             ///< in order of time

    const ClockRow* find(Target target) const;  ///< the latest round; null: none began
};

/// A ticket's clocks at `now`: the fold over its events, in the order in which they were appended.
///
/// - `on_hold` stops every clock, `waiting_for_customer` all but the first response: nobody waits for a customer whom
///   nobody has answered. A message of the customer makes a paused ticket active and reopens a resolved one.
/// - A next response begins with the first message behind an answer, not with each. While the first response is owed it
///   alone counts, and an update is owed only from the first answer on.
/// - A changed policy moves what is open: time that has passed counts by the new calendar, and nothing becomes due
/// before
///   the change. Verdicts stay. A promise no longer made is withdrawn.
/// - A resolved ticket has no running clock. Reopened it goes on with what was left; what was met stays met.
/// - Exactly at the promised time is in time.
TicketClocks fold_clocks(std::span<const ClockEvent> events, Instant now);

/// When somebody must look again: the nearest due time of a clock that runs and has no verdict.
std::optional<Instant> next_breach(const TicketClocks& clocks);

}  // namespace rasid

#pragma once

#include "core/ticket.hpp"
#include "escalation/policies.hpp"

#include <span>

namespace rasid {

/// The ticket after one more event, its clocks as they were. `undone` needs the whole history, so folding such an event
/// replays `history`, which must then hold every event before it.
Ticket apply_event(Ticket before, const TicketEvent& event, std::span<const TicketEvent> history);

/// A ticket is the fold over its events; its clocks are those at `now`.
Ticket fold(std::span<const TicketEvent> events, Instant now);

/// The ticket with clocks, status and pauses as they are at `now`; `history` holds all of its events.
Ticket with_clocks(Ticket ticket, std::span<const TicketEvent> history, Instant now);

/// Recomputes due_at, soon_at and check_at from clocks, state and ladder.
Ticket with_deadlines(Ticket ticket, const Policies& policies);

/// Running, paused (by a status or outside the calendar's hours), met or breached, at a moment.
ClockState state_of(const TargetClock& clock, const Policies& policies, Instant now);

/// The same for a clock of `ticket`: a resolved ticket has no running clock, so an unmet one of it stands still
/// (paused) unless it was breached before.
ClockState state_of(const Ticket& ticket, const TargetClock& clock, const Policies& policies, Instant now);

/// left ≤ clamp(25 % of the target, 5 min, 60 min) counts as due soon. Of a clock with a due time.
Instant soon_limit(const TargetClock& clock);

}  // namespace rasid

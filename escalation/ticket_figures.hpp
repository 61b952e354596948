#pragma once

#include "core/ticket.hpp"

namespace rasid {

// What reports and digests count of a ticket, the same in both. Periods are [from, to).

/// Resolved within; a ticket that was reopened since is not.
inline bool resolved_within(const Ticket& ticket, Instant from, Instant to) {
    return ticket.state == TicketState::resolved && ticket.updated_at >= from && ticket.updated_at < to;
}

/// Opened before that moment and not resolved by then. Nothing happens to a resolved ticket, so it was resolved when it
/// changed last.
inline bool open_at(const Ticket& ticket, Instant at) {
    return ticket.opened_at < at && (ticket.state == TicketState::open || ticket.updated_at >= at);
}

/// The first response that a person gave; nullptr: none was promised, or none was given yet.
inline const TargetClock* first_answer(const Ticket& ticket) {
    for (const auto& clock : ticket.clocks) {
        if (clock.target == Target::first_response && clock.met_at) return &clock;
    }
    return nullptr;
}

}  // namespace rasid

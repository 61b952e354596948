#pragma once

#include "core/ticket.hpp"

#include <span>
#include <string>
#include <vector>

namespace rasid {

enum class ClockEventKind {
    opened,  ///< by a customer's message; promises `targets`
    customer_wrote,
    answered,        ///< a person answered in public, here or on the platform itself
    auto_answered,   ///< an automatic acknowledgement or a bot: stops nothing
    status_changed,  ///< to `status`, by `person`
    resolved,
    reopened,
    policy_changed,  ///< policy, calendar, priority or queue: `targets` hold from here on
    appointed,       ///< a call or check-back, `target`, is due at `due_at`
    held,            ///< what was appointed, `target`, has happened
    breached,        ///< a tick gave the verdict about `target` in its `round`, which therefore stands
    undone,          ///< `refers_to` no longer counts
};

/// What a ticket's clocks hear; appended, never changed.
struct ClockEvent {
    std::string id = {};
    Instant at = {};
    ClockEventKind kind = ClockEventKind::opened;
    std::string person = {};
    TicketStatus status = TicketStatus::active;
    std::vector<PromisedTarget> targets = {};
    Target target = Target::first_response;
    int round = 1;
    std::string refers_to = {};
    Instant due_at = {};  ///< appointed
    /// `at` is the platform's time of a message or answer that was heard later: it counts at its time, whatever was
    /// recorded meanwhile. Without it events count in their order, and a clock that jumps back delays none.
    bool by_platform = false;

    bool operator==(const ClockEvent&) const = default;
};

/// The part of a ticket's history that its clocks hear.
std::vector<ClockEvent> clock_events_of(std::span<const TicketEvent> history);

/// Events in the order in which they count, their times never going back. What was undone, and what the platform tells
/// of a time before the first event, is left out.
std::vector<ClockEvent> counting_order(std::span<const ClockEvent> events);

}  // namespace rasid

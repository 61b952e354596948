#pragma once

#include "core/setup.hpp"
#include "core/ticket.hpp"
#include "escalation/policies.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// Whose turn it is.
enum class TicketStatus { active, waiting_for_customer, on_hold };
std::string_view to_string(TicketStatus status);
std::optional<TicketStatus> parse_ticket_status(std::string_view word);

/// One promise as it was when it was given. The calendar is a copy, so that what it led to can be computed again after
/// the setup has changed.
struct PromisedTarget {
    Target target = Target::first_response;
    Duration length = {};    ///< working time of `calendar`
    Calendar calendar = {};  ///< without hours: calendar minutes, round the clock

    bool operator==(const PromisedTarget&) const = default;
};

enum class ClockEventKind {
    opened,  ///< by a customer's message; promises `targets`
    customer_wrote,
    answered,        ///< a person answered in public, here or on the platform itself
    auto_answered,   ///< an automatic acknowledgement or a bot: stops nothing
    status_changed,  ///< to `status`, by `person`
    resolved,
    reopened,
    policy_changed,  ///< policy, calendar, priority or queue: `targets` hold from here on
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
    /// `at` is the platform's time of a message or answer that was heard later: it counts at its time, whatever was
    /// recorded meanwhile. Without it events count in their order, and a clock that jumps back delays none.
    bool by_platform = false;

    bool operator==(const ClockEvent&) const = default;
};

/// The part of a ticket's history that its clocks hear. Targets are those of the opening, with the calendars of
/// `policies`.
std::vector<ClockEvent> clock_events_of(std::span<const TicketEvent> history, const Policies& policies);

/// Events in the order in which they count, their times never going back. What was undone, and what the platform tells
/// of a time before the first event, is left out.
std::vector<ClockEvent> counting_order(std::span<const ClockEvent> events);

}  // namespace rasid

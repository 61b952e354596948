#include "escalation/clock_event.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace rasid {
namespace {

constexpr std::array<std::pair<TicketStatus, std::string_view>, 3> kStatuses = {
    {{TicketStatus::active, "active"},
     {TicketStatus::waiting_for_customer, "waiting_for_customer"},
     {TicketStatus::on_hold, "on_hold"}}};

std::optional<ClockEventKind> kind_of(TicketEventKind kind) {
    switch (kind) {
    case TicketEventKind::opened:
        return ClockEventKind::opened;
    case TicketEventKind::joined:
        return ClockEventKind::customer_wrote;
    case TicketEventKind::replied:
    case TicketEventKind::answered_elsewhere:
        return ClockEventKind::answered;
    case TicketEventKind::resolved:
        return ClockEventKind::resolved;
    case TicketEventKind::reopened:
        return ClockEventKind::reopened;
    case TicketEventKind::breached:
        return ClockEventKind::breached;
    case TicketEventKind::undone:
        return ClockEventKind::undone;
    case TicketEventKind::assigned:
    case TicketEventKind::released:
    case TicketEventKind::acknowledged:
    case TicketEventKind::reply_queued:
    case TicketEventKind::reply_failed:
    case TicketEventKind::noted:
    case TicketEventKind::priority_changed:
    case TicketEventKind::notified:
    case TicketEventKind::acted:
    case TicketEventKind::action_queued:
        break;
    }
    return std::nullopt;
}

std::vector<PromisedTarget> promised(const Opening& opening, const Policies& policies) {
    std::vector<PromisedTarget> targets;
    for (const auto& clock : opening.clocks) {
        const Calendar* calendar = policies.calendar(clock.calendar);
        targets.push_back({clock.target, clock.length, calendar ? *calendar : Calendar{}});
    }
    return targets;
}

}  // namespace

std::string_view to_string(TicketStatus status) {
    for (const auto& [known, word] : kStatuses) {
        if (known == status) return word;
    }
    return {};
}

std::optional<TicketStatus> parse_ticket_status(std::string_view word) {
    for (const auto& [status, known] : kStatuses) {
        if (known == word) return status;
    }
    return std::nullopt;
}

std::vector<ClockEvent> clock_events_of(std::span<const TicketEvent> history, const Policies& policies) {
    std::vector<ClockEvent> events;
    for (const auto& event : history) {
        const auto kind = kind_of(event.kind);
        if (!kind) continue;
        ClockEvent heard{.id = event.id, .at = event.at, .kind = *kind, .person = event.actor};
        heard.refers_to = event.kind == TicketEventKind::undone ? event.refers_to : std::string();
        if (event.target) heard.target = *event.target;
        heard.by_platform = event.kind == TicketEventKind::replied && event.refers_to.empty();
        if (event.kind == TicketEventKind::opened && event.opening) {
            heard.targets = promised(*event.opening, policies);
            // Clocks start when the customer spoke, which is before the ticket was opened.
            if (!event.opening->clocks.empty()) heard.at = event.opening->clocks.front().started_at;
        }
        events.push_back(std::move(heard));
    }
    return events;
}

std::vector<ClockEvent> counting_order(std::span<const ClockEvent> events) {
    std::set<std::string_view> undone;
    for (const auto& event : events) {
        if (event.kind == ClockEventKind::undone) undone.insert(event.refers_to);
    }
    std::vector<ClockEvent> ordered;
    for (const auto& event : events) {
        if (event.kind == ClockEventKind::undone || undone.contains(event.id)) continue;
        if (ordered.empty() || event.at >= ordered.back().at) {
            ordered.push_back(event);
        } else if (!event.by_platform) {
            ordered.push_back(event);
            ordered.back().at = ordered[ordered.size() - 2].at;
        } else if (event.at >= ordered.front().at) {
            // Heard late. Before the ticket began it answers nothing of it.
            const auto place = std::ranges::upper_bound(ordered, event.at, {}, &ClockEvent::at);
            ordered.insert(place, event);
        }
    }
    return ordered;
}

}  // namespace rasid

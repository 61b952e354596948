#include "escalation/clock_event.hpp"

#include <algorithm>
#include <set>

namespace rasid {
namespace {

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
    case TicketEventKind::status_changed:
        return ClockEventKind::status_changed;
    case TicketEventKind::retargeted:
        return ClockEventKind::policy_changed;
    case TicketEventKind::call_planned:
        return ClockEventKind::appointed;
    case TicketEventKind::call_held:
        return ClockEventKind::held;
    case TicketEventKind::disputed:
        return ClockEventKind::held;
    case TicketEventKind::auto_acknowledged:
        return ClockEventKind::auto_answered;
    case TicketEventKind::assigned:
    case TicketEventKind::released:
    case TicketEventKind::acknowledged:
    case TicketEventKind::reply_queued:
    case TicketEventKind::reply_failed:
    case TicketEventKind::noted:
    case TicketEventKind::priority_changed:
    case TicketEventKind::notified:
    case TicketEventKind::acted:
    case TicketEventKind::grouped:
    case TicketEventKind::ungrouped:
    case TicketEventKind::incident_over:
    case TicketEventKind::intervened:
    case TicketEventKind::departed:
    case TicketEventKind::action_queued:
    case TicketEventKind::reply_proposed:
    case TicketEventKind::reply_returned:
    case TicketEventKind::snoozed:
    case TicketEventKind::woken:
    case TicketEventKind::labelled:
    case TicketEventKind::unlabelled:
        break;
    }
    return std::nullopt;
}

}  // namespace

std::vector<ClockEvent> clock_events_of(std::span<const TicketEvent> history) {
    std::vector<ClockEvent> events;
    for (const auto& event : history) {
        const auto kind = kind_of(event.kind);
        if (!kind) continue;
        ClockEvent heard{.id = event.id,
                         .at = event.at,
                         .kind = *kind,
                         .person = event.actor,
                         .status = event.status.value_or(TicketStatus::active),
                         .targets = event.promises,
                         .target = event.target.value_or(Target::first_response),
                         .round = event.round};
        heard.refers_to = event.kind == TicketEventKind::undone ? event.refers_to : std::string();
        if (event.kind == TicketEventKind::call_planned || event.kind == TicketEventKind::call_held)
            heard.target = Target::call;
        if (event.kind == TicketEventKind::disputed) heard.target = Target::check_back;
        if (event.kind != TicketEventKind::call_held && event.detail && event.detail->due_at) {
            heard.kind = *kind == ClockEventKind::held ? ClockEventKind::appointed : *kind;
            heard.due_at = *event.detail->due_at;
        }
        heard.by_platform = event.kind == TicketEventKind::joined ||
                            (event.kind == TicketEventKind::replied && event.refers_to.empty());
        if (event.kind == TicketEventKind::opened && event.opening) {
            heard.targets = event.opening->promises;
            // Clocks start when the customer spoke, which is before the ticket was opened.
            heard.at = event.opening->asked_at;
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

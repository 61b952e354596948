#include "escalation/undoing.hpp"

#include "escalation/ticket_history.hpp"

namespace rasid {

std::optional<Failure> why_not_undo(const Ticket& ticket, std::span<const TicketEvent> history,
                                    const TicketEvent& event) {
    if (is_undone(history, event.id)) return refused("it is undone already");
    switch (event.kind) {
    case TicketEventKind::reply_queued:
        if (ticket.pending_reply != event.id) return refused("the reply has left; it cannot be called back");
        break;
    case TicketEventKind::reply_proposed:
        if (ticket.proposed_reply != event.id) return refused("a manager has decided on this reply already");
        break;
    case TicketEventKind::action_queued:
        if (referred_to(history, event.id, {TicketEventKind::acted, TicketEventKind::reply_failed}))
            return refused("it is done; it cannot be called back");
        break;
    case TicketEventKind::resolved:
    case TicketEventKind::reopened:
        if (latest_event(history, {TicketEventKind::resolved, TicketEventKind::reopened}) != &event)
            return refused("the ticket was resolved or reopened again since");
        break;
    case TicketEventKind::assigned:
    case TicketEventKind::released:
    case TicketEventKind::acknowledged:
    case TicketEventKind::answered_elsewhere:
    case TicketEventKind::noted:
    case TicketEventKind::priority_changed:
    case TicketEventKind::status_changed:
    case TicketEventKind::call_planned:
    case TicketEventKind::call_held:
    case TicketEventKind::disputed:
    case TicketEventKind::intervened:
    case TicketEventKind::departed:
    case TicketEventKind::ungrouped:
    case TicketEventKind::snoozed:
    case TicketEventKind::labelled:
    case TicketEventKind::unlabelled:
        break;
    case TicketEventKind::woken:
        if (event.actor.empty()) return refused("its time has come");
        break;
    default:
        return refused("this cannot be undone");
    }
    return std::nullopt;
}

bool only_on_record(TicketEventKind kind) {
    return kind != TicketEventKind::assigned && kind != TicketEventKind::released &&
           kind != TicketEventKind::acknowledged && kind != TicketEventKind::priority_changed &&
           kind != TicketEventKind::reply_queued && kind != TicketEventKind::reply_proposed &&
           kind != TicketEventKind::resolved && kind != TicketEventKind::reopened &&
           kind != TicketEventKind::ungrouped && kind != TicketEventKind::snoozed && kind != TicketEventKind::woken &&
           kind != TicketEventKind::labelled && kind != TicketEventKind::unlabelled;
}

}  // namespace rasid

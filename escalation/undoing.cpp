#include "escalation/undoing.hpp"

#include "escalation/ticket_history.hpp"

namespace rasid {

using Event = TicketEventKind;

std::optional<Failure> why_not_undo(const Ticket& ticket, std::span<const TicketEvent> history,
                                    const TicketEvent& event) {
    if (is_undone(history, event.id)) return refused("it is undone already");
    switch (event.kind) {
    case Event::reply_queued:
        if (ticket.pending_reply != event.id) return refused("the reply has left; it cannot be called back");
        break;
    case Event::reply_proposed:
        if (ticket.proposed_reply != event.id) return refused("a manager has decided on this reply already");
        break;
    case Event::action_queued:
        if (referred_to(history, event.id, {Event::acted, Event::reply_failed}))
            return refused("it is done; it cannot be called back");
        break;
    case Event::resolved:
    case Event::reopened:
        if (latest_event(history, {Event::resolved, Event::reopened}) != &event)
            return refused("the ticket was resolved or reopened again since");
        break;
    case Event::assigned:
    case Event::released:
    case Event::acknowledged:
    case Event::answered_elsewhere:
    case Event::noted:
    case Event::priority_changed:
    case Event::status_changed:
    case Event::call_planned:
    case Event::call_held:
    case Event::disputed:
    case Event::intervened:
    case Event::departed:
    case Event::ungrouped:
    case Event::snoozed:
    case Event::labelled:
    case Event::unlabelled:
        break;
    case Event::woken:
        if (event.actor.empty()) return refused("its time has come");
        break;
    default:
        return refused("this cannot be undone");
    }
    return std::nullopt;
}

bool only_on_record(TicketEventKind kind) {
    return kind != Event::assigned && kind != Event::released && kind != Event::acknowledged &&
           kind != Event::priority_changed && kind != Event::reply_queued && kind != Event::reply_proposed &&
           kind != Event::resolved && kind != Event::reopened && kind != Event::ungrouped && kind != Event::snoozed &&
           kind != Event::woken && kind != Event::labelled && kind != Event::unlabelled;
}

}  // namespace rasid

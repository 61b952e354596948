#include "escalation/route.hpp"
#include "escalation/ticket_change.hpp"
#include "escalation/ticket_history.hpp"

#include <utility>

namespace rasid {

TicketChange published(const Policies& policies, const Ticket& ticket, std::span<const TicketEvent> history,
                       const std::string& queued_event, bool ok, const std::string& text, Random& random, Instant now) {
    TicketChanging changing(policies, ticket, history, random, now);
    const TicketEvent* queued = find_event(history, queued_event);
    const bool by_itself = queued && queued->kind == TicketEventKind::auto_acknowledged;
    const bool known = queued && (by_itself || queued->kind == TicketEventKind::reply_queued ||
                                  queued->kind == TicketEventKind::action_queued);
    const bool reported = referred_to(history, queued_event, {TicketEventKind::replied, TicketEventKind::acted}) ||
                          (!ok && referred_to(history, queued_event, {TicketEventKind::reply_failed}));
    if (known && !reported && !(by_itself && ok)) {
        const TicketEventKind done =
            queued->kind == TicketEventKind::reply_queued ? TicketEventKind::replied : TicketEventKind::acted;
        // Let out by a manager, it is still the answer of whoever wrote it.
        changing.add({.actor = queued->person.empty() ? queued->actor : queued->person,
                      .kind = ok ? done : TicketEventKind::reply_failed,
                      .text = ok ? queued->text : text,
                      .refers_to = queued->id});
    }
    return std::move(changing).finish();
}

}  // namespace rasid

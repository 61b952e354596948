#include "web/interventions.hpp"

#include "escalation/ticket_history.hpp"

namespace rasid {
namespace {

using Kind = TicketCommand::Kind;

std::string step_of(const TicketEvent& event) {
    return event.kind == TicketEventKind::intervened && event.detail ? event.detail->step : std::string();
}

void mute_author(Store& store, const Ticket& ticket, bool muted) {
    const auto newest = store.mention_by_id(ticket.latest_mention);
    store.mute(ticket.platform, newest ? newest->mention.author.handle : ticket.author.handle, muted);
}

void hide_mention(Store& store, const TicketAction& action, const Ticket& ticket, const StoredMention& mention,
                  Random& random) {
    TicketAction hiding = action;
    hiding.word = "hide";
    hiding.command = {.kind = Kind::hide, .actor = action.person.id};
    const auto history = store.events_of(ticket.id);
    const auto hidden = command(action.workspace->policies, ticket, history, hiding.command, random, action.now);
    if (!hidden) return;  // it is hidden already, or on its way to be
    store.apply(*hidden, {}, {held_item(hiding, ticket, mention, hidden->events.front())});
}

}  // namespace

Ticket follow_intervention(Store& store, const TicketAction& action, Ticket ticket,
                           std::span<const TicketEvent> history, const std::optional<StoredMention>& mention,
                           Random& random) {
    if (action.command.kind == Kind::intervene && action.command.detail) {
        if (action.command.detail->step == "muted") mute_author(store, ticket, true);
        if (action.command.detail->step == "hidden" && mention) {
            hide_mention(store, action, ticket, *mention, random);
            return store.ticket(ticket.id).value_or(std::move(ticket));
        }
    }
    const auto* undone = find_event(history, action.command.event);
    if (action.command.kind == Kind::undo && undone && step_of(*undone) == "muted") mute_author(store, ticket, false);
    return ticket;
}

}  // namespace rasid

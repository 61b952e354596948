#include "web/ticket_action.hpp"

#include "core/action_payload.hpp"
#include "core/limits.hpp"

namespace rasid {
namespace {

using Kind = TicketCommand::Kind;

}  // namespace

std::string_view TicketAction::needs() const {
    if (promise) return {};
    if (command.kind == Kind::intervene) return command.detail && command.detail->step == "hidden" ? "hide" : "";
    if (command.kind == Kind::approve) return "reply";
    const bool publishes = command.kind == Kind::reply || command.kind == Kind::reshare || command.kind == Kind::like ||
                           command.kind == Kind::hide;
    return publishes ? std::string_view(word) : std::string_view();
}

bool is_held(const TicketEvent& event) {
    return event.kind == TicketEventKind::reply_queued || event.kind == TicketEventKind::action_queued;
}

OutboxItem held_item(const TicketAction& action, const Ticket& ticket, const StoredMention& mention,
                     const TicketEvent& event) {
    OutboxItem item;
    item.id = event.id;
    const bool reply = event.kind == TicketEventKind::reply_queued;
    item.kind = reply ? "reply" : action.word;
    item.key = event.id;
    item.to = mention.mention.source;
    item.ticket = ticket.id;
    item.event = event.id;
    item.payload = print_action_payload({.token = mention.mention.reply_token,
                                         .text = reply ? event.text : std::string(),
                                         .language = mention.verdict.language,
                                         .author = mention.mention.author.handle,
                                         .visibility = event.detail ? event.detail->visibility : std::string()});
    item.priority = ticket.priority;
    item.created_at = action.now;
    item.not_before = action.now + limits::kReplyHold;
    return item;
}

}  // namespace rasid

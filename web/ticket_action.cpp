#include "web/ticket_action.hpp"

#include "core/action_payload.hpp"
#include "core/limits.hpp"

namespace rasid {

using Kind = TicketCommand::Kind;

bool TicketAction::publishes() const {
    return !promise && (command.kind == Kind::reply || command.kind == Kind::reshare || command.kind == Kind::like ||
                        command.kind == Kind::hide);
}

OutboxItem held_item(const TicketAction& action, const Ticket& ticket, const StoredMention& mention,
                     const TicketEvent& event) {
    OutboxItem item;
    item.id = event.id;
    item.kind = action.word;
    item.key = event.id;
    item.to = mention.mention.source;
    item.ticket = ticket.id;
    item.event = event.id;
    item.payload = print_action_payload({.token = mention.mention.reply_token,
                                         .text = action.command.text,
                                         .language = mention.verdict.language,
                                         .author = mention.mention.author.handle});
    item.priority = ticket.priority;
    item.created_at = action.now;
    item.not_before = action.now + limits::kReplyHold;
    return item;
}

}  // namespace rasid

#include "web/call_mail.hpp"

#include "core/mail_payload.hpp"
#include "core/texts.hpp"
#include "core/url_host.hpp"
#include "escalation/letter.hpp"
#include "escalation/ticket_history.hpp"

namespace rasid {
namespace {

Person person_of(const Workspace& workspace, std::string_view id) {
    const auto* known = workspace.person(id);
    return known ? *known : Person{};
}

/// Brings it, or takes it back.
OutboxItem invitation_mail(const Ticket& ticket, const CallInvitation& invitation, const std::string& time_zone,
                           Random& random, Instant now) {
    const auto& person = invitation.attendee;
    const Texts texts(person.language);
    const auto detail = invitation.planned.detail.value_or(EventDetail{});
    const auto when = texts.time(detail.due_at.value_or(now), now, time_zone);
    Letter letter{.language = person.language,
                  .subject = invitation.summary,
                  .paragraphs = {texts(invitation.withdrawn ? "call.mail.withdrawn" : "call.mail.planned",
                                       {{"time", when}, {"contact", detail.contact}}),
                                 invitation.planned.text},
                  .button = texts("call.mail.ticket"),
                  .button_url = invitation.url,
                  .reason = "call planned"};
    if (invitation.url.empty()) letter.button.clear();
    auto content = render_letter(letter);
    OutboxItem item;
    item.id = new_id(random, now);
    item.kind = "invitation";
    item.key = invitation.planned.id + (invitation.withdrawn ? "/withdrawn" : "/invited");
    item.to = person.email;
    item.ticket = ticket.id;
    item.event = invitation.planned.id;
    item.payload = print_mail_payload({.to_name = person.name,
                                       .subject = std::move(content.subject),
                                       .text = std::move(content.text),
                                       .html = std::move(content.html),
                                       .language = person.language,
                                       .reason = std::move(content.reason),
                                       .list = ticket.brand,
                                       .ticket_number = ticket.number,
                                       .calendar = call_invitation(invitation, now)});
    item.priority = ticket.priority;
    item.created_at = now;
    item.not_before = now;
    return item;
}

}  // namespace

CallInvitation invitation_of(const Ticket& ticket, const TicketEvent& planned, bool withdrawn,
                             const Workspace& workspace, const std::string& public_url) {
    CallInvitation invitation;
    invitation.planned = planned;
    invitation.organizer = person_of(workspace, planned.actor);
    invitation.attendee = person_of(workspace, planned.person);
    const auto step = planned.detail ? planned.detail->step : std::string("call");
    const auto& author = ticket.author;
    invitation.summary = Texts(invitation.attendee.language)(
        "call.summary." + step,
        {{"name", author.name.empty() ? author.handle : author.name}, {"number", std::to_string(ticket.number)}});
    if (!public_url.empty()) invitation.url = public_url + "/tickets/" + ticket.id;
    invitation.domain = calendar_domain(public_url);
    invitation.revision = withdrawn ? 1 : 0;
    invitation.withdrawn = withdrawn;
    return invitation;
}

std::optional<OutboxItem> call_mail(const TicketAction& action, const Ticket& ticket, const TicketEvent& event,
                                    std::span<const TicketEvent> history, Random& random) {
    const bool withdrawn = event.kind == TicketEventKind::undone;
    const auto* planned = withdrawn ? find_event(history, event.refers_to) : &event;
    if (!planned || planned->kind != TicketEventKind::call_planned) return std::nullopt;
    const auto invitation = invitation_of(ticket, *planned, withdrawn, *action.workspace, action.public_url);
    if (invitation.attendee.email.empty()) return std::nullopt;
    return invitation_mail(ticket, invitation, action.time_zone, random, action.now);
}

std::string calendar_domain(const std::string& public_url) {
    const auto host = url_host(public_url);
    return std::string(host.empty() ? "rasid" : host);
}

}  // namespace rasid

#include "web/call_mail.hpp"

#include "core/mail_payload.hpp"
#include "core/texts.hpp"
#include "escalation/letter.hpp"

namespace rasid {
namespace {

Person person_of(const Workspace& workspace, std::string_view id) {
    const auto* known = workspace.person(id);
    return known ? *known : Person{};
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
    invitation.domain = host_of(public_url);
    invitation.revision = withdrawn ? 1 : 0;
    invitation.withdrawn = withdrawn;
    return invitation;
}

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

std::string host_of(const std::string& url) {
    const auto scheme = url.find("://");
    const auto start = scheme == std::string::npos ? 0 : scheme + 3;
    const auto host = url.substr(start, url.find_first_of(":/", start) - start);
    return host.empty() ? "rasid" : host;
}

}  // namespace rasid

#include "web/example_mails.hpp"

#include "core/mail_payload.hpp"
#include "core/texts.hpp"
#include "web/call_mail.hpp"
#include "web/customer_mails.hpp"

namespace rasid {
namespace {

/// Of links that lead nowhere.
constexpr std::string_view kNoSecret = "the links of an example open nothing";

Customer example_customer(const std::string& language) {
    return {.id = "EXAMPLE",
            .name = "هند الزهراني",
            .name_latin = "Hind Zahrani",
            .emails = {"hind@example.org"},
            .language = language,
            .brand = "nasma"};
}

std::optional<ExampleMail> read_back(const OutboxItem& item, const std::string& language) {
    auto payload = parse_mail_payload(item.payload);
    if (!payload) return std::nullopt;
    ExampleMail mail;
    mail.recipient.name = payload->to_name;
    mail.recipient.email = item.to;
    mail.recipient.language = language;
    mail.content = {std::move(payload->subject), std::move(payload->text), std::move(payload->html),
                    std::move(payload->reason)};
    mail.priority = to_string(item.priority);
    if (payload->ticket_number) mail.ticket = std::to_string(payload->ticket_number);
    mail.unsubscribe_url = std::move(payload->unsubscribe_url);
    mail.list = std::move(payload->list);
    mail.calendar = std::move(payload->calendar);
    return mail;
}

std::optional<ExampleMail> example_newsletter(const CustomerMails& mails, const std::string& language, Instant now) {
    const PlannedTouch touch{.id = "EXAMPLE",
                             .customer = "EXAMPLE",
                             .kind = "newsletter",
                             .ordinal = 1,
                             .due_on = utc_date(now),
                             .channel = "mail"};
    const std::string body =
        language == "ar" ? "وصلنا هذا الأسبوع محصول جديد من جازان.\n\nنحجز لك كيساً حتى الخميس، بلا التزام."
                         : "A new harvest from Jazan came in this week.\n\nWe keep a bag for you until Thursday.";
    const auto made = mails.touch_mail({}, touch, example_customer(language), {}, body, 1, now);
    return made ? read_back(*made, language) : std::nullopt;
}

std::optional<ExampleMail> example_survey(const CustomerMails& mails, const std::string& language, Instant now) {
    const Survey survey{.id = "EXAMPLE",
                        .customer = "EXAMPLE",
                        .language = language,
                        .laid_at = now,
                        .send_at = now,
                        .expires_at = now + std::chrono::hours(24 * 14)};
    const auto made = mails.survey_mail(survey, example_customer(language), now);
    return made ? read_back(*made, language) : std::nullopt;
}

std::optional<ExampleMail> example_invitation(const std::string& language, Instant now, Random& random) {
    const bool arabic = language == "ar";
    Person caller;
    caller.id = "EXAMPLE";
    caller.name = arabic ? "خالد" : "Khalid";
    caller.email = "khalid@example.org";
    caller.language = language;
    Workspace workspace;
    workspace.setup.people = {caller};
    TicketAction action;
    action.workspace = std::make_shared<const Workspace>(std::move(workspace));
    action.now = now;
    action.public_url = example_url("");
    action.time_zone = "Asia/Riyadh";
    Ticket ticket;
    ticket.id = "EXAMPLE";
    ticket.number = 4821;
    ticket.brand = "nasma";
    ticket.author.name = arabic ? "هند الزهراني" : "Hind Zahrani";
    TicketEvent planned;
    planned.id = "EXAMPLE";
    planned.ticket = ticket.id;
    planned.at = now;
    planned.actor = planned.person = caller.id;
    planned.kind = TicketEventKind::call_planned;
    planned.text = arabic ? "تريد أن تعرف متى يُصلح الباب." : "She wants to know when the door is mended.";
    EventDetail detail;
    detail.step = "call";
    detail.contact = "+966 50 000 0000";
    detail.due_at = now + std::chrono::hours(2);
    planned.detail = detail;
    const auto made = call_mail(action, ticket, planned, {}, random);
    return made ? read_back(*made, language) : std::nullopt;
}

}  // namespace

std::optional<ExampleMail> example_letter(std::string_view kind, const std::string& language, Instant now,
                                          Random& random) {
    const AckTokens tokens(kNoSecret);
    const auto public_url = example_url("");
    const CustomerMails mails(tokens, public_url);
    if (kind == "newsletter") return example_newsletter(mails, language, now);
    if (kind == "survey") return example_survey(mails, language, now);
    if (kind == "invitation") return example_invitation(language, now, random);
    return std::nullopt;
}

}  // namespace rasid

#include "web/customer_mails.hpp"

#include "core/limits.hpp"
#include "core/mail_payload.hpp"
#include "core/texts.hpp"
#include "engagement/reach.hpp"
#include "engagement/touch_content.hpp"
#include "escalation/letter.hpp"

namespace rasid {
namespace {

std::string payload_of(MailContent mail, const Customer& customer, const std::string& language,
                       const std::string& unsubscribe_url) {
    return print_mail_payload({.to_name = customer.name,
                               .subject = std::move(mail.subject),
                               .text = std::move(mail.text),
                               .html = std::move(mail.html),
                               .language = language,
                               .reason = std::move(mail.reason),
                               .list = customer.brand,
                               .unsubscribe_url = unsubscribe_url});
}

std::string id_of_mail(std::string_view touch, int attempt) {
    return std::string(touch) + "-mail-" + std::to_string(attempt);
}

}  // namespace

CustomerMails::SentMails CustomerMails::mails_of(Reader& reader, std::string_view touch) {
    SentMails sent;
    while (auto item = reader.outbox_item(id_of_mail(touch, sent.count + 1))) {
        sent.newest = std::move(item);
        ++sent.count;
    }
    return sent;
}

std::string CustomerMails::survey_url(std::string_view survey) const {
    return public_url_ + "/m/survey?t=" + tokens_.make_lasting(LinkPurpose::survey, survey);
}

std::string CustomerMails::unsubscribe_url(std::string_view customer) const {
    return public_url_ + "/m/unsubscribe?t=" + tokens_.make_lasting(LinkPurpose::unsubscribe, customer);
}

Result<OutboxItem> CustomerMails::touch_mail(const PlanTemplate& plan, const PlannedTouch& touch,
                                             const Customer& customer, const Guard& guard, std::string_view body,
                                             int attempt, Instant now) const {
    const auto way_out = touch.kind == "newsletter" ? unsubscribe_url(customer.id) : std::string();
    auto mail = mail_of(plan, touch, customer, guard, body, way_out);
    if (!mail) return mail.error();
    Letter letter{.language = mail->language,
                  .subject = mail->subject,
                  .paragraphs = std::move(mail->paragraphs),
                  .steps = std::move(mail->steps),
                  .reason = "touch " + touch.kind};
    if (!way_out.empty()) {
        letter.footer = mail->unsubscribe_text;
        letter.footer_link = Texts(mail->language)("unsubscribe.button");
        letter.footer_url = way_out;
    }
    OutboxItem item;
    item.id = item.key = id_of_mail(touch.id, attempt);
    item.kind = "touch";
    item.to = customer.emails.front();
    item.event = touch.id;
    item.payload = payload_of(render_letter(letter), customer, mail->language, way_out);
    item.priority = Priority::low;
    item.created_at = now;
    item.not_before = now + limits::kReplyHold;
    return item;
}

Result<OutboxItem> CustomerMails::survey_mail(const Survey& survey, const Customer& customer, Instant now) const {
    const auto refused = [](std::string why) { return Failure{Failure::Kind::refused, std::move(why)}; };
    if (survey.sent_at) return refused("the question was sent already");
    if (survey.answered_at) return refused("the question was answered already");
    if (survey.expires_at <= now) return refused("the question is no longer asked");
    if (customer.emails.empty()) return refused("no e-mail address is known");
    if (!consent_of(customer, "mail").value_or(true)) return refused("no consent to mail");
    const Texts texts(survey.language.empty() ? customer.language : survey.language);
    const auto& name = texts.right_to_left() || customer.name_latin.empty() ? customer.name : customer.name_latin;
    const Letter letter{.language = texts.language(),
                        .subject = texts("survey.mail.subject", {{"name", name}}),
                        .paragraphs = {texts("touch.mail.greeting", {{"name", name}}), texts("survey.mail.ask"),
                                       texts("survey." + std::string(to_string(survey.kind)) + ".question")},
                        .button = texts("survey.mail.button"),
                        .button_url = survey_url(survey.id),
                        .reason = "survey " + std::string(to_string(survey.kind))};
    OutboxItem item;
    item.id = item.key = "survey-" + survey.id;
    item.kind = "survey";
    item.to = customer.emails.front();
    item.event = survey.id;
    item.payload = payload_of(render_letter(letter), customer, texts.language(), {});
    item.created_at = now;
    item.not_before = now;
    return item;
}

}  // namespace rasid

#include "engagement/touch_content.hpp"

#include "core/texts.hpp"
#include "engagement/guard.hpp"
#include "engagement/proposals.hpp"

#include <algorithm>

namespace rasid {
namespace {

constexpr int kShippedSteps = 3;

std::string name_for(const Customer& customer, const Texts& texts) {
    return texts.right_to_left() || customer.name_latin.empty() ? customer.name : customer.name_latin;
}

/// Lines apart by an empty one, with the name put in.
std::vector<std::string> paragraphs_of(std::string_view body, std::string_view name) {
    constexpr std::string_view kName = "{name}";
    std::vector<std::string> paragraphs;
    while (!body.empty()) {
        const auto end = body.find("\n\n");
        std::string paragraph(body.substr(0, end));
        for (auto at = paragraph.find(kName); at != std::string::npos; at = paragraph.find(kName, at + name.size()))
            paragraph.replace(at, kName.size(), name);
        if (paragraph.find_first_not_of(" \r\n\t") != std::string::npos) paragraphs.push_back(std::move(paragraph));
        body.remove_prefix(end == std::string_view::npos ? body.size() : end + 2);
    }
    return paragraphs;
}

}  // namespace

TouchContent content_of(const PlanTemplate& plan, const PlannedTouch& touch, const Guard& guard,
                        std::string_view language) {
    const Texts texts(language);
    TouchContent content;
    std::vector<const ValueItem*> items;
    for (const auto& item : plan.value_items) {
        if (item.kind == touch.kind) items.push_back(&item);
    }
    content.value_item = items.empty()
                             ? texts("touch.value." + touch.kind)
                             : items[static_cast<std::size_t>(std::max(touch.ordinal - 1, 0)) % items.size()]->text;
    content.asks_for_referral = may_ask_for_referral(touch, guard);
    if (!content.asks_for_referral) return content;
    content.referral_reminder = texts("touch.referral.ask");
    content.referral_steps = plan.referral_steps;
    for (int step = 1; plan.referral_steps.empty() && step <= kShippedSteps; ++step)
        content.referral_steps.push_back(texts("touch.referral.step." + std::to_string(step)));
    return content;
}

Result<TouchMail> mail_of(const PlanTemplate& plan, const PlannedTouch& touch, const Customer& customer,
                          const Guard& guard, std::string_view body, std::string_view unsubscribe_url) {
    const bool newsletter = touch.kind == "newsletter";
    if (touch.channel != "mail") return refused("this touch goes by " + touch.channel + ", not by mail");
    if (touch.state != TouchState::planned) return refused("the touch is " + std::string(to_string(touch.state)));
    if (customer.emails.empty()) return refused("no e-mail address is known");
    if (newsletter && unsubscribe_url.empty()) return refused("a newsletter needs a link to stop it");
    if (body.empty()) body = touch.draft;
    if (body.empty()) return refused("nothing is written yet");

    const Texts texts(customer.language);
    const auto name = name_for(customer, texts);
    const auto content = content_of(plan, touch, guard, texts.language());
    TouchMail mail{.subject = texts("touch.subject." + touch.kind, {{"name", name}}), .language = texts.language()};
    if (touch.draft.empty()) mail.paragraphs.push_back(texts("touch.mail.greeting", {{"name", name}}));
    for (auto& paragraph : paragraphs_of(body, name)) mail.paragraphs.push_back(std::move(paragraph));
    if (content.asks_for_referral) {
        mail.paragraphs.push_back(content.referral_reminder);
        mail.steps = content.referral_steps;
    }
    if (newsletter) {
        mail.unsubscribe_text = texts("touch.mail.unsubscribe");
        mail.unsubscribe_url = unsubscribe_url;
    }
    return mail;
}

Customer unsubscribed(Customer customer, Instant now) {
    customer.consents.push_back({.channel = "mail", .granted = false, .at = now, .source = "unsubscribe link"});
    confirm_field(customer, "consents/mail", "unsubscribe link", now);
    return customer;
}

}  // namespace rasid

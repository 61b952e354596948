#include "web/example_mails.hpp"

#include "escalation/digest_mail.hpp"
#include "escalation/summary_mail.hpp"

#include <algorithm>
#include <array>

namespace rasid {
namespace {

/// A made-up late ticket, to see what its mail looks like.
EscalationMail example_escalation(const std::string& language, Instant now) {
    const bool arabic = language == "ar";
    EscalationMail mail;
    mail.recipient = {"", arabic ? "خالد" : "Khalid", "khalid@example.org", Role::manager, language, {}, {}};
    mail.mention.key = {"youtube", "example"};
    mail.mention.source = "youtube";
    mail.mention.author = {"hind_z", arabic ? "هند الزهراني" : "Hind Zahrani", "", 8412, false};
    mail.mention.text =
        arabic ? "حصل لابني تحسس بعد ما شرب من مشروب اللوز وما كان مكتوب على القائمة. أرجو التواصل فوراً"
               : "My son had an allergic reaction to the almond drink and nothing was written on the menu. Call me.";
    mail.mention.created_at = now - std::chrono::minutes(27);
    mail.verdict.language = language;
    const std::string word = arabic ? "تحسس" : "allergic";
    const auto at = mail.mention.text.find(word);
    mail.verdict.rules = {arabic ? "كلمات السلامة" : "safety words"};
    mail.verdict.hits = {{mail.verdict.rules.front(), word, at, at + word.size()}};
    mail.verdict.sentiment = {Polarity::negative, -0.71, {{word, -0.71}}};
    mail.verdict.influence.score = 46;
    mail.ticket.number = 4821;
    mail.ticket.id = "EXAMPLE";
    mail.ticket.priority = Priority::critical;
    mail.ticket.queue = arabic ? "السلامة" : "safety";
    mail.ticket.platform = "youtube";
    mail.ticket.source = "youtube";
    mail.ticket.author = mail.mention.author;
    mail.ticket.rule = mail.verdict.rules.front();
    mail.ticket.tags = {arabic ? "سلامة" : "safety"};
    TargetClock clock;
    clock.started_at = mail.mention.created_at;
    clock.length = std::chrono::minutes(15);
    clock.running_since = clock.started_at;
    clock.due_at = clock.started_at + clock.length;
    mail.ticket.clocks = {clock};
    mail.ticket.due_at = clock.due_at;
    mail.ticket.opened_at = clock.started_at;
    mail.percent = 100;
    mail.ticket_url = example_url("/tickets/EXAMPLE");
    mail.acknowledge_url = example_url("/m/ack?t=EXAMPLE");
    mail.settings_url = example_url("/settings");
    mail.time_zone = "Asia/Riyadh";
    mail.now = now;
    return mail;
}

EscalationMail example_update(const std::string& language, Instant now) {
    auto mail = example_escalation(language, now);
    mail.update = TicketUpdate{"acknowledged", language == "ar" ? "سارة" : "Sara", {}};
    mail.assignee_name = mail.update->who;
    mail.acknowledge_url.clear();
    return mail;
}

SummaryMail example_summary(const std::string& language, Instant now) {
    constexpr std::array<const char*, 3> kArabic = {"القهوة وصلت باردة للمرة الثالثة هذا الأسبوع",
                                                    "انتظرت نصف ساعة ولا أحد رد", "الفاتورة فيها صنف ما طلبته"};
    constexpr std::array<const char*, 3> kEnglish = {"Third cold latte this week", "Half an hour and nobody came",
                                                     "I was charged for something I never ordered"};
    const bool arabic = language == "ar";
    const auto one = example_escalation(language, now);
    SummaryMail mail{.recipient = one.recipient, .kind = NotificationMail::Kind::burst};
    for (int i = 0; i < 7; ++i) {
        SummaryLine line{.ticket = one.ticket};
        line.ticket.number += i;
        line.ticket.rule = arabic ? "شكاوى" : "complaints";
        line.ticket.priority = i == 0 ? Priority::critical : Priority::high;
        line.ticket.clocks.front().due_at = now + std::chrono::minutes(7 * i - 20);
        line.text = (arabic ? kArabic : kEnglish)[static_cast<std::size_t>(i) % kArabic.size()];
        if (i == 2) line.assignee_name = arabic ? "سارة" : "Sara";
        line.url = one.ticket_url;
        mail.lines.push_back(std::move(line));
    }
    sort_gravest_first(mail.lines, now);
    mail.queue_url = example_url("/");
    mail.settings_url = one.settings_url;
    mail.time_zone = one.time_zone;
    mail.now = now;
    return mail;
}

DigestMail example_digest(DigestKind kind, const std::string& language, Instant now) {
    const bool arabic = language == "ar";
    DigestMail mail{.kind = kind, .brand = arabic ? "نسمة" : "Nasma", .time_zone = "Asia/Riyadh"};
    mail.recipient = example_escalation(language, now).recipient;
    mail.period = digest_period(kind, {}, mail.time_zone, std::nullopt, now).value();
    auto& digest = mail.digest;
    for (std::size_t i = 0; i < mail.period.bars.size(); ++i) {
        const auto mentions = static_cast<std::int64_t>(6 + (i * 17 + 5) % 29);
        digest.bars.push_back({mentions, mentions * static_cast<std::int64_t>(1 + i % 4) / 7});
        digest.mentions += mentions;
        digest.negative += digest.bars.back().negative;
    }
    digest.positive = digest.mentions / 4;
    digest.opened = 41;
    digest.resolved = 36;
    digest.answered = 39;
    digest.answered_in_time = 35;
    digest.late = 5;
    digest.open = 12;
    digest.before = {.mentions = digest.mentions - 12,
                     .negative = digest.negative + 3,
                     .positive = digest.positive - 2,
                     .opened = 38,
                     .resolved = 37,
                     .answered = 37,
                     .answered_in_time = 34,
                     .late = 3};
    digest.queues[arabic ? "السلامة" : "safety"] = {4, 1, 1};
    digest.queues[arabic ? "خدمة العملاء" : "care"] = {29, 4, 9};
    digest.queues[arabic ? "أسئلة" : "questions"] = {8, 0, 2};
    digest.rules[arabic ? "شكاوى" : "complaints"] = 61;
    digest.rules[arabic ? "كلمات السلامة" : "safety words"] = 4;
    digest.rules[arabic ? "أوقات العمل" : "opening hours"] = 23;
    mail.page_url = example_url("/");
    mail.settings_url = example_url("/settings");
    mail.unsubscribe_url = example_url("/m/digest?t=EXAMPLE");
    return mail;
}

ExampleMail about_ticket(const EscalationMail& mail) {
    return {.recipient = mail.recipient,
            .content = render_escalation(mail),
            .priority = std::string(to_string(mail.ticket.priority)),
            .ticket = std::to_string(mail.ticket.number)};
}

ExampleMail about_period(const DigestMail& mail) {
    return {.recipient = mail.recipient,
            .content = render_digest(mail),
            .priority = std::string(to_string(Priority::low)),
            .unsubscribe_url = mail.unsubscribe_url,
            .list = "nasma"};
}

}  // namespace

std::string example_url(std::string_view path) { return "https://rasid.example.org" + std::string(path); }

const std::vector<std::string>& example_kinds() {
    static const std::vector<std::string> kinds = {"escalation", "update",     "summary", "digest",
                                                   "weekly",     "newsletter", "survey",  "invitation"};
    return kinds;
}

std::optional<ExampleMail> example_mail(std::string_view kind, const std::string& language, Instant now,
                                        Random& random) {
    if (kind == "escalation") return about_ticket(example_escalation(language, now));
    if (kind == "update") return about_ticket(example_update(language, now));
    if (kind == "digest") return about_period(example_digest(DigestKind::daily, language, now));
    if (kind == "weekly") return about_period(example_digest(DigestKind::weekly, language, now));
    if (kind != "summary") return example_letter(kind, language, now, random);
    const auto mail = example_summary(language, now);
    return ExampleMail{.recipient = mail.recipient,
                       .content = render_summary(mail),
                       .priority = std::string(to_string(Priority::critical))};
}

}  // namespace rasid

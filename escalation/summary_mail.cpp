#include "escalation/summary_mail.hpp"

#include "core/texts.hpp"
#include "escalation/mail_template.hpp"
#include "escalation/outside_text.hpp"

#include <algorithm>
#include <tuple>

namespace rasid {
namespace {

constexpr std::size_t kSummaryLines = 25;
constexpr std::size_t kSummaryTextBytes = 240;

class SummaryWriter {
public:
    explicit SummaryWriter(const SummaryMail& mail) : mail_(mail), texts_(mail.recipient.language) {}

    MailContent write() const {
        const auto data = data_of_mail();
        return {.subject = subject(),
                .text = rendered("summary.txt.mustache", data, false),
                .html = rendered("summary.html.mustache", data, true),
                .reason = "summary " + word()};
    }

private:
    std::string word() const {
        return mail_.kind == NotificationMail::Kind::burst         ? "burst"
               : mail_.kind == NotificationMail::Kind::after_quiet ? "quiet"
                                                                   : "more";
    }

    std::string what() const {
        return texts_("mail.summary." + word(), {{"count", static_cast<std::int64_t>(mail_.lines.size())}});
    }

    std::string subject() const {
        if (mail_.kind != NotificationMail::Kind::burst || mail_.lines.empty())
            return short_subject(texts_("mail.summary.subject", {{"what", what()}}));
        const auto topic = plain_line(topic_of(mail_.lines.front().ticket), kMailNameBytes);
        return short_subject(texts_("mail.summary.subject.burst", {{"topic", topic}, {"what", what()}}));
    }

    std::string late() const {
        const auto count = std::ranges::count_if(mail_.lines, [&](const SummaryLine& line) {
            return !line.update && is_late(next_clock(line.ticket), mail_.now);
        });
        return texts_("mail.summary.late", {{"count", static_cast<std::int64_t>(count)}});
    }

    std::string heading(const Ticket& ticket) const {
        const auto& author = ticket.author;
        auto words = one_line(topic_of(ticket), kMailNameBytes);
        const auto name = one_line(author.name.empty() ? author.handle : author.name, kMailNameBytes);
        return name.empty() ? words : words + " · " + name;
    }

    mustache::data line_of(const SummaryLine& line) const {
        const auto* clock = line.update ? nullptr : next_clock(line.ticket);
        mustache::data data;
        data.set("number", left_to_right("#" + std::to_string(line.ticket.number)));
        data.set("heading", heading(line.ticket));
        data.set("state", line.update ? update_words(texts_, *line.update) : state_words(texts_, clock, mail_.now));
        data.set("colour", is_late(clock, mail_.now) ? "#a61b12" : "#435064");
        data.set("priority", texts_("mail.priority." + std::string(to_string(line.ticket.priority))));
        data.set("holder", holder_words(texts_, line.assignee_name));
        const auto quoted = quote(one_line(line.text, kSummaryTextBytes), kSummaryTextBytes);
        data.set("has_text", !quoted.lines.empty());
        data.set("text", quoted.lines.empty() ? std::string() : quoted.lines.front());
        data.set("text_dir", quoted.right_to_left ? "rtl" : "ltr");
        data.set("text_align", quoted.right_to_left ? "right" : "left");
        data.set("url", line.url);
        return data;
    }

    mustache::data data_of_mail() const {
        auto data = mail_data(texts_, subject(), mail_.settings_url);
        data.set("title", what());
        data.set("late", late());
        mustache::data lines{mustache::data::type::list};
        for (std::size_t i = 0; i < std::min(kSummaryLines, mail_.lines.size()); ++i)
            lines.push_back(line_of(mail_.lines[i]));
        data.set("lines", lines);
        const auto rest = static_cast<std::int64_t>(mail_.lines.size() - std::min(kSummaryLines, mail_.lines.size()));
        data.set("has_rest", rest > 0);
        data.set("rest", texts_("mail.summary.rest", {{"count", rest}}));
        data.set("queue_url", mail_.queue_url);
        data.set("open", texts_("mail.button.queue"));
        data.set("reason", texts_("mail.summary.reason." + word()));
        return data;
    }

    const SummaryMail& mail_;
    Texts texts_;
};

}  // namespace

MailContent render_summary(const SummaryMail& mail) { return SummaryWriter(mail).write(); }

void sort_gravest_first(std::vector<SummaryLine>& lines, Instant now) {
    std::ranges::stable_sort(lines, {}, [&](const SummaryLine& line) {
        const auto* clock = next_clock(line.ticket);
        return std::tuple(line.update.has_value(), !is_late(clock, now), -static_cast<int>(line.ticket.priority),
                          clock ? *clock->due_at : Instant::max());
    });
}

}  // namespace rasid

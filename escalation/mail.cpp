#include "escalation/mail.hpp"

#include "core/texts.hpp"
#include "escalation/mail_template.hpp"
#include "escalation/outside_text.hpp"
#include "escalation/ticket_fold.hpp"

#include <algorithm>
#include <set>

namespace rasid {

namespace {

constexpr std::size_t kQuoteBytes = 4000;
constexpr std::size_t kWordsBytes = 2000;  // of a note or a proposed reply
constexpr std::size_t kMarkedWords = 8;

/// Writes one mail: every method is one piece of it in the recipient's language.
class EscalationWriter {
public:
    explicit EscalationWriter(const EscalationMail& mail)
        : mail_(mail), texts_(mail.recipient.language), clock_(due_clock(mail.ticket, mail.target)) {}

    MailContent write() const {
        const auto data = data_of_mail();
        return {.subject = subject(),
                .text = rendered("escalation.txt.mustache", data, false),
                .html = rendered("escalation.html.mustache", data, true),
                .reason = cause()};
    }

private:
    std::string t(std::string_view key, Texts::Arguments arguments = {}) const { return texts_(key, arguments); }

    std::string number() const { return std::to_string(mail_.ticket.number); }

    const Author& author() const { return mail_.mention.author; }

    std::string topic() const { return topic_of(mail_.ticket); }

    std::string subject() const {
        const auto words = ticket_subject(texts_, mail_.ticket);
        return mail_.update ? "Re: " + words : words;
    }

    bool late() const { return is_late(clock_, mail_.now); }
    bool soon() const { return clock_ && !late() && mail_.now >= soon_limit(*clock_); }

    std::string state() const {
        return mail_.update ? update_words(texts_, *mail_.update) : state_words(texts_, clock_, mail_.now);
    }

    const char* state_colour() const {
        if (mail_.update) return mail_.update->what == "resolved" ? "#17603f" : "#1d4f91";
        return late() ? "#a61b12" : soon() ? "#7a4b00" : "#1d4f91";
    }

    std::string holder() const { return holder_words(texts_, mail_.assignee_name); }

    std::string preview() const {
        std::string text = state() + ". ";
        if (author().followers) text += t("mail.preview.followers", {{"count", *author().followers}}) + " ";
        return text + holder();
    }

    std::string due() const {
        if (!clock_) return {};
        const auto time = moment(*clock_->due_at);
        return late() ? t("mail.fact.due.passed", {{"time", time}}) : time;
    }

    std::string moment(Instant at) const { return texts_.time(at, mail_.now, mail_.time_zone); }

    std::string keywords() const {
        std::vector<std::string> words;
        std::set<std::string> seen;
        for (const auto& hit : mail_.verdict.hits) {
            auto word = one_line(hit.text, kMailNameBytes);
            if (seen.insert(word).second) words.push_back(std::move(word));
        }
        if (words.empty()) return t("mail.fact.keywords.none");
        std::string list;
        for (std::size_t i = 0; i < std::min(words.size(), kMarkedWords); ++i) {
            list += (i == 0 ? "" : t("mail.list.separator")) + words[i];
        }
        if (words.size() <= kMarkedWords) return list;
        return t("mail.fact.keywords.more",
                 {{"words", list}, {"count", static_cast<std::int64_t>(words.size() - kMarkedWords)}});
    }

    std::string sentiment() const {
        const auto label = mail_.verdict.sentiment.label;
        const auto* shape = label == Polarity::negative ? "▼ " : label == Polarity::positive ? "▲ " : "■ ";
        return shape + t("mail.sentiment." + std::string(to_string(label)));
    }

    std::string source() const {
        return t("mail.fact.source.of", {{"platform", one_line(mail_.mention.key.platform, kMailNameBytes)},
                                         {"source", one_line(mail_.mention.source, kMailNameBytes)}});
    }

    std::string followers() const {
        return author().followers ? texts_.number(*author().followers) : t("mail.fact.followers.unknown");
    }

    /// For filters, in English.
    std::string cause() const {
        if (mail_.update) return "update " + mail_.update->what;
        if (mail_.unacknowledged) return "escalation unacknowledged";
        return "escalation " + std::string(to_string(mail_.target)) + " " + std::to_string(mail_.percent) + "%";
    }

    std::string reason() const {
        if (mail_.update)
            return t(is_personal(*mail_.update) ? "mail.reason." + mail_.update->what : "mail.reason.update");
        if (mail_.again) return t("mail.reason.repeat");
        if (mail_.unacknowledged)
            return t("mail.reason.unacknowledged", {{"queue", one_line(mail_.ticket.queue, kMailNameBytes)}});
        return t("mail.reason." + std::string(to_string(mail_.target)),
                 {{"queue", one_line(mail_.ticket.queue, kMailNameBytes)},
                  {"percent", static_cast<std::int64_t>(mail_.percent)}});
    }

    std::string byline() const {
        std::string line = one_line(author().name.empty() ? author().handle : author().name, kMailNameBytes);
        if (!author().handle.empty()) line += " " + left_to_right("@" + plain_line(author().handle, kMailNameBytes));
        return line + " · " + one_line(mail_.mention.key.platform, kMailNameBytes) + " · " +
               moment(mail_.mention.created_at);
    }

    mustache::data facts() const {
        mustache::data list{mustache::data::type::list};
        const auto add = [&](std::string_view key, const std::string& value) {
            if (value.empty()) return;
            mustache::data fact;
            fact.set("label", t(key));
            fact.set("value", value);
            list.push_back(fact);
        };
        const auto assignee = mail_.assignee_name.empty() ? t("mail.fact.assignee.nobody")
                                                          : one_line(mail_.assignee_name, kMailNameBytes);
        if (mail_.update && !mail_.update->words.empty())
            add("mail.fact.words." + mail_.update->what, one_line(mail_.update->words, kWordsBytes));
        add("mail.fact.due", due());
        add("mail.fact.keywords", keywords());
        add("mail.fact.sentiment", sentiment());
        add("mail.fact.source", source());
        add("mail.fact.followers", followers());
        add("mail.fact.influence",
            t("mail.fact.influence.score", {{"score", std::to_string(mail_.verdict.influence.score)}}));
        add("mail.fact.rule", one_line(topic(), kMailNameBytes));
        add("mail.fact.assignee", assignee);
        add("mail.fact.reason", reason());
        return list;
    }

    Quoted quoted() const {
        const auto& mention = mail_.mention;
        auto result = quote(mention.title.empty() ? mention.text : mention.title + "\n" + mention.text, kQuoteBytes);
        if (result.lines.empty()) {
            result.lines.push_back(t("mail.mention.empty"));
            result.right_to_left = texts_.right_to_left();
        }
        if (result.cut) result.lines.push_back(t("mail.mention.cut"));
        return result;
    }

    mustache::data data_of_mail() const {
        auto data = mail_data(texts_, subject(), mail_.settings_url);
        data.set("preview", preview());
        data.set("state", state());
        data.set("state_colour", state_colour());
        data.set("priority", t("mail.priority." + std::string(to_string(mail_.ticket.priority))));
        data.set("holder", holder());
        data.set("title", one_line(topic(), kMailNameBytes));
        data.set("byline", byline());

        const auto mention = quoted();
        data.set("quote_dir", mention.right_to_left ? "rtl" : "ltr");
        data.set("quote_align", mention.right_to_left ? "right" : "left");
        mustache::data lines{mustache::data::type::list};
        for (std::size_t i = 0; i < mention.lines.size(); ++i) {
            mustache::data line;
            line.set("line", mention.lines[i]);
            line.set("more", i + 1 < mention.lines.size());
            lines.push_back(line);
        }
        data.set("lines", lines);
        data.set("facts", facts());

        data.set("can_acknowledge", !mail_.acknowledge_url.empty());
        data.set("acknowledge_url", mail_.acknowledge_url);
        data.set("acknowledge", t("mail.button.acknowledge"));
        data.set("ticket_url", mail_.ticket_url);
        data.set("open", t("mail.button.open"));
        data.set("ticket", t("mail.footer.ticket", {{"number", left_to_right("#" + number())}}));
        return data;
    }

    const EscalationMail& mail_;
    Texts texts_;
    const TargetClock* clock_;
};

}  // namespace

MailContent render_escalation(const EscalationMail& mail) { return EscalationWriter(mail).write(); }

}  // namespace rasid

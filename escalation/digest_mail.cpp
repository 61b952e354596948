#include "escalation/digest_mail.hpp"

#include "core/texts.hpp"
#include "escalation/mail_template.hpp"
#include "escalation/outside_text.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace rasid {
namespace {

constexpr std::size_t kRules = 5;
constexpr std::int64_t kBarPercent = 100;

std::int64_t percent_of(std::int64_t part, std::int64_t whole) {
    return whole == 0 ? 0 : (part * 100 + whole / 2) / whole;
}

class DigestWriter {
public:
    explicit DigestWriter(const DigestMail& mail) : mail_(mail), texts_(mail.recipient.language) {}

    MailContent write() const {
        const auto data = data_of_mail();
        return {.subject = subject(),
                .text = rendered("digest.txt.mustache", data, false),
                .html = rendered("digest.html.mustache", data, true),
                .reason = "digest " + std::string(to_string(mail_.kind))};
    }

private:
    std::string t(std::string_view key, Texts::Arguments arguments = {}) const { return texts_(key, arguments); }
    const BrandDigest& digest() const { return mail_.digest; }

    std::string brand(bool in_header) const {
        if (mail_.brand.empty()) return t("mail.digest.no_brand");
        return in_header ? plain_line(mail_.brand, kMailNameBytes) : one_line(mail_.brand, kMailNameBytes);
    }

    Instant last_moment() const { return mail_.period.to - std::chrono::seconds(1); }
    bool one_day() const { return mail_.period.to - mail_.period.from <= std::chrono::hours(25); }
    std::string date(Instant at) const { return texts_.date(at, mail_.time_zone); }

    /// Short, for the subject.
    std::string day() const {
        if (mail_.kind == DigestKind::weekly) return date(mail_.period.from);
        return one_day() ? texts_.weekday(mail_.period.from, mail_.time_zone) : date(mail_.period.from);
    }

    std::string days() const {
        if (one_day()) return date(mail_.period.from);
        return t("mail.digest.days", {{"from", date(mail_.period.from)}, {"to", date(last_moment())}});
    }

    std::string mentions() const { return t("mail.digest.mentions", {{"count", digest().mentions}}); }
    std::string late() const { return t("mail.digest.late", {{"count", digest().late}}); }

    std::string subject() const {
        return short_subject(t("mail.digest.subject." + std::string(to_string(mail_.kind)),
                               {{"brand", brand(true)}, {"day", day()}, {"mentions", mentions()}, {"late", late()}}));
    }

    std::string share(const BrandFigures& figures, std::int64_t part) const {
        if (figures.mentions == 0) return texts_.number(part);
        return t("mail.digest.share",
                 {{"count", texts_.number(part)}, {"percent", texts_.number(percent_of(part, figures.mentions))}});
    }

    std::string in_time(const BrandFigures& figures) const {
        return t("mail.digest.of",
                 {{"count", texts_.number(figures.answered_in_time)}, {"all", texts_.number(figures.answered)}});
    }

    mustache::data facts() const {
        mustache::data list{mustache::data::type::list};
        const auto add = [&](std::string_view key, const std::string& value, const char* colour = "#162030") {
            mustache::data fact;
            fact.set("label", t("mail.digest.fact." + std::string(key)));
            fact.set("value", value);
            fact.set("colour", colour);
            list.push_back(fact);
        };
        const auto& before = digest().before;
        const auto compared = [&](const std::string& now, const std::string& then) {
            if (before == BrandFigures()) return now;
            return t("mail.digest.compared", {{"now", now}, {"before", then}});
        };
        const auto add_count = [&](std::string_view key, std::int64_t BrandFigures::*figure) {
            add(key, compared(texts_.number(digest().*figure), texts_.number(before.*figure)));
        };
        add_count("mentions", &BrandFigures::mentions);
        add("negative", compared(share(digest(), digest().negative), share(before, before.negative)), "#84265f");
        add("positive", compared(share(digest(), digest().positive), share(before, before.positive)), "#17603f");
        add_count("opened", &BrandFigures::opened);
        add_count("resolved", &BrandFigures::resolved);
        add("answered", compared(in_time(digest()), in_time(before)));
        add("late", compared(texts_.number(digest().late), texts_.number(before.late)),
            digest().late > 0 ? "#a61b12" : "#162030");
        add("open", texts_.number(digest().open));
        return list;
    }

    std::string bar_label(Instant at) const {
        return one_day() ? left_to_right(texts_.clock(at, mail_.time_zone)) : date(at);
    }

    /// Cells of a width in hundredths: the negative part, the rest, and what is empty.
    void set_cells(mustache::data& row, std::int64_t negative, std::int64_t whole, std::int64_t most) const {
        const auto width = most == 0 ? 0 : whole * kBarPercent / most;
        const auto dark = whole == 0 ? 0 : std::min(width, (negative * kBarPercent + most - 1) / most);
        row.set("has_dark", dark > 0);
        row.set("dark", std::to_string(dark));
        row.set("has_light", width > dark);
        row.set("light", std::to_string(width - dark));
        row.set("has_rest", width < kBarPercent);
        row.set("rest", std::to_string(kBarPercent - width));
    }

    mustache::data bars() const {
        std::int64_t most = 0;
        for (const auto& bar : digest().bars) most = std::max(most, bar.mentions);
        mustache::data list{mustache::data::type::list};
        for (std::size_t i = 0; i < digest().bars.size(); ++i) {
            const auto& bar = digest().bars[i];
            mustache::data row;
            row.set("label", bar_label(mail_.period.bars[i]));
            row.set("number", texts_.number(bar.mentions));
            row.set("says", t("mail.digest.bar",
                              {{"count", texts_.number(bar.mentions)}, {"negative", texts_.number(bar.negative)}}));
            set_cells(row, bar.negative, bar.mentions, most);
            list.push_back(row);
        }
        return list;
    }

    mustache::data queues() const {
        mustache::data list{mustache::data::type::list};
        for (const auto& [name, line] : digest().queues) {
            mustache::data row;
            row.set("name", name.empty() ? t("mail.digest.no_queue") : one_line(name, kMailNameBytes));
            row.set("opened", texts_.number(line.opened));
            row.set("late", texts_.number(line.late));
            row.set("late_colour", line.late > 0 ? "#a61b12" : "#162030");
            row.set("open", texts_.number(line.open));
            list.push_back(row);
        }
        return list;
    }

    mustache::data rules() const {
        std::vector<std::pair<std::string, std::int64_t>> sorted(digest().rules.begin(), digest().rules.end());
        std::ranges::stable_sort(sorted, std::greater<>(), &std::pair<std::string, std::int64_t>::second);
        if (sorted.size() > kRules) sorted.resize(kRules);
        mustache::data list{mustache::data::type::list};
        for (const auto& [name, count] : sorted) {
            mustache::data row;
            row.set("label", one_line(name, kMailNameBytes));
            row.set("number", texts_.number(count));
            set_cells(row, 0, count, sorted.front().second);
            list.push_back(row);
        }
        return list;
    }

    mustache::data data_of_mail() const {
        auto data = mail_data(texts_, subject(), mail_.settings_url);
        data.set("end", texts_.right_to_left() ? "left" : "right");
        data.set("brand", brand(false));
        data.set("days", days());
        data.set("preview", mentions() + t("mail.list.separator") + late());
        data.set("facts", facts());
        data.set("has_bars", digest().mentions > 0);
        data.set("bars_heading", t(one_day() ? "mail.digest.heading.hours" : "mail.digest.heading.days"));
        data.set("legend", t("mail.digest.legend"));
        data.set("bars", bars());
        data.set("has_queues", !digest().queues.empty());
        data.set("queues_heading", t("mail.digest.heading.queues"));
        for (const auto* column : {"queue", "opened", "late", "open"})
            data.set(std::string("column_") + column, t(std::string("mail.digest.column.") + column));
        data.set("queues", queues());
        data.set("has_rules", !digest().rules.empty());
        data.set("rules_heading", t("mail.digest.heading.rules"));
        data.set("rules", rules());
        data.set("page_url", mail_.page_url);
        data.set("open", t("mail.digest.open"));
        data.set("reason", t("mail.digest.reason", {{"brand", brand(false)}}));
        data.set("unsubscribe", t("mail.digest.unsubscribe"));
        data.set("unsubscribe_url", mail_.unsubscribe_url);
        return data;
    }

    const DigestMail& mail_;
    Texts texts_;
};

}  // namespace

MailContent render_digest(const DigestMail& mail) { return DigestWriter(mail).write(); }

}  // namespace rasid

#include "escalation/report/heard.hpp"

#include "web/reports/report.hpp"

#include <type_traits>

namespace rasid {
namespace {

constexpr std::size_t kTags = 50;
constexpr std::size_t kAuthors = 50;

std::vector<std::string> polarity_columns(std::vector<std::string> keys) {
    for (const auto* name : {"mentions", "negative", "neutral", "positive"}) keys.emplace_back(name);
    return keys;
}

ReportRow polarity_row(ReportRow keys, const PolarityCount& count) {
    keys.insert(keys.end(), {count.mentions, count.negative, count.neutral(), count.positive});
    return keys;
}

/// Counts every mention of the period that the scope covers, or all of them where `Everybody` says so.
template <typename Count, Report (*write)(const Count&, const ReportScope&), bool everybody = false>
class HeardReport final : public ReportReading {
public:
    template <typename... Arguments>
    explicit HeardReport(const ReportScope& scope, const Arguments&... arguments)
        : ReportReading(scope), count_(arguments...) {}

    void day(Reader& reader, Instant from, Instant to) override {
        reader.each_mention_stored(from, to, [this](const CountedMention& mention) {
            if (everybody || scope().covers(mention)) count_.add(mention);
        });
    }
    Report report(const Setup&) override { return write(count_, scope()); }

private:
    Count count_;
};

Report volume(const VolumeCount& count, const ReportScope& scope) {
    ReportTable days{.name = "days", .columns = polarity_columns({"day"})};
    for (std::size_t day = 0; day < count.days.size(); ++day)
        days.rows.push_back(polarity_row({day_cell(scope.period, day)}, count.days[day]));
    ReportTable hours{.name = "hours", .columns = polarity_columns({"hour"})};
    for (std::size_t hour = 0; hour < count.hours.size(); ++hour)
        hours.rows.push_back(polarity_row({static_cast<std::int64_t>(hour)}, count.hours[hour]));
    ReportTable sources{.name = "sources", .columns = polarity_columns({"platform", "source"})};
    for (const auto& [key, figures] : count.sources)
        sources.rows.push_back(polarity_row({text_cell(key.first), text_cell(key.second)}, figures));
    Report report;
    report.tables.push_back({"total", polarity_columns({}), {polarity_row({}, count.total)}, true});
    for (auto* table : {&days, &hours, &sources}) report.tables.push_back(std::move(*table));
    return report;
}

Report voice(const VoiceCount& count, const ReportScope&) {
    ReportTable brands{.name = "brands", .columns = polarity_columns({"brand", "competitor", "share"})};
    for (const auto& brand : count.brands())
        brands.rows.push_back(polarity_row({brand.name, brand.competitor, brand.share}, brand.count));
    return {.tables = {std::move(brands)}};
}

Report topics(const TagCount& count, const ReportScope&) {
    ReportTable tags{.name = "tags", .columns = polarity_columns({"tag"})};
    for (const auto& [tag, figures] : count.most(kTags)) tags.rows.push_back(polarity_row({tag}, figures));
    return {.tables = {std::move(tags)}};
}

Report authors(const AuthorCount& count, const ReportScope&) {
    ReportTable list{.name = "authors",
                     .columns = polarity_columns({"platform", "handle", "name", "followers", "last_at"})};
    for (const auto& author : count.most(kAuthors)) {
        list.rows.push_back(polarity_row(
            {text_cell(author.platform), author.handle, text_cell(author.name), author.followers, author.last_at},
            author.count));
    }
    return {.tables = {std::move(list)}};
}

}  // namespace

ReportReadingPtr make_volume_report(const ReportScope& scope, const Setup&) {
    return std::make_unique<HeardReport<VolumeCount, volume>>(scope, scope.period);
}

ReportReadingPtr make_voice_report(const ReportScope& scope, const Setup& setup) {
    return std::make_unique<HeardReport<VoiceCount, voice, true>>(scope, setup, scope.brands);
}

ReportReadingPtr make_topic_report(const ReportScope& scope, const Setup&) {
    return std::make_unique<HeardReport<TagCount, topics>>(scope);
}

ReportReadingPtr make_author_report(const ReportScope& scope, const Setup&) {
    return std::make_unique<HeardReport<AuthorCount, authors>>(scope);
}

}  // namespace rasid

#include "core/customer.hpp"
#include "web/copy_views.hpp"
#include "web/handlers/handlers.hpp"
#include "web/topic_days.hpp"

#include <cmath>
#include <date/tz.h>

#include <set>

namespace rasid::handlers {
namespace {

constexpr int kDaysBefore = 28;
constexpr int kMostOfDay = 2400;    // mentions of a day before that are counted
constexpr int kMostOfToday = 4800;  // and of the day that is asked about
constexpr std::size_t kExamples = 3;

/// A topic with the mentions that show it.
struct ShownTopic {
    RisingTopic topic = {};
    std::vector<std::pair<StoredMention, std::int64_t>> examples = {};  ///< with ticket numbers
};

struct ShownLanguage {
    std::string language = {};
    std::int64_t authors = 0;
    bool enough = false;
    std::vector<ShownTopic> topics = {};
};

struct Before {
    int days = 0;  ///< with mentions
    DayOfTopics sum = {};

    void add(const DayOfTopics& day) {
        if (day.mentions == 0) return;
        ++days;
        sum.mentions += day.mentions;
        for (const auto& [language, words] : day.words) sum.words[language].add(words);
        for (const auto& [tag, count] : day.tags) sum.tags[tag] += count;
    }
};

Instant start_of(const date::time_zone& zone, date::local_days day) {
    return Instant(std::chrono::duration_cast<Duration>(
        zone.to_sys(date::local_time<std::chrono::seconds>(day), date::choose::earliest).time_since_epoch()));
}

/// Our own names are in nearly every mention and are no news.
IgnoredWords brand_words(const Setup& setup) {
    IgnoredWords ignored;
    const auto add = [&](const std::string& brand) {
        for (auto& word : topic_words(brand, "")) ignored.insert(std::move(word));
    };
    for (const auto& rule : setup.rules) add(rule.brand);
    for (const auto& queue : setup.queues) add(queue.brand);
    return ignored;
}

std::vector<ShownLanguage> topics_of(Reader& reader, const Person& person, const std::vector<StoredMention>& today,
                                     const Before& before, const IgnoredWords& ignored, std::string_view only) {
    const auto mentions = topic_mentions(today);
    std::map<std::string_view, std::set<std::string_view>> authors;
    for (const auto& mention : mentions) authors[mention.language].insert(mention.author);
    const TopicBounds bounds;
    std::vector<ShownLanguage> out;
    for (const auto& [language, known] : authors) {
        if (!only.empty() && language != only) continue;
        ShownLanguage shown{std::string(language), static_cast<std::int64_t>(known.size()), false, {}};
        static const WordCounts kNothing;
        const auto past = before.sum.words.find(language);
        const auto& counts = past == before.sum.words.end() ? kNothing : past->second;
        shown.enough = counts.authors >= bounds.fewest_before;
        for (auto& topic : rising_topics(mentions, language, counts, ignored, bounds)) {
            ShownTopic with_examples;
            for (std::size_t i = 0; i < std::min(kExamples, topic.mentions.size()); ++i) {
                const auto& stored = today[topic.mentions[i]];
                const auto ticket = stored.ticket.empty() ? std::nullopt : reader.ticket(stored.ticket);
                const bool seen = ticket && sees_brand(person, ticket->brand);
                with_examples.examples.emplace_back(stored, seen ? ticket->number : 0);
            }
            with_examples.topic = std::move(topic);
            shown.topics.push_back(std::move(with_examples));
        }
        out.push_back(std::move(shown));
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const ShownLanguage& a, const ShownLanguage& b) { return a.authors > b.authors; });
    return out;
}

void write_topic(JsonWriter& out, const ShownTopic& shown) {
    const auto& topic = shown.topic;
    out.object([&] {
        out.member("word", topic.word);
        out.strings("with", topic.with);
        out.member("score", std::round(topic.score * 100) / 100);
        out.key("times");
        if (topic.times)
            out.value(std::round(*topic.times * 10) / 10);
        else
            out.null();
        out.member("authors", topic.authors);
        out.member("mentions", topic.mentions.size());
        out.key("examples");
        out.array([&] {
            for (const auto& [stored, number] : shown.examples)
                out.object([&, &mention = stored, ticket = number] { write_mention_line(out, mention, ticket); });
        });
    });
}

void write_tags(JsonWriter& out, const std::map<std::string, std::int64_t>& today, const Before& before) {
    std::vector<std::pair<std::string, std::int64_t>> tags(today.begin(), today.end());
    std::stable_sort(tags.begin(), tags.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    out.array([&] {
        for (const auto& tag : tags) {
            out.object([&] {
                out.member("tag", tag.first);
                out.member("mentions", tag.second);
                out.key("usual");
                if (before.days == 0) return out.null();
                const auto known = before.sum.tags.find(tag.first);
                const auto sum = known == before.sum.tags.end() ? 0.0 : static_cast<double>(known->second);
                out.value(std::round(sum / before.days * 10) / 10);
            });
        }
    });
}

}  // namespace

Task<Response> get_topics(Site& site, const Request& request) {
    const auto now = site.clock.now();
    const auto* zone = date::locate_zone(site.config.time_zone);
    auto day = date::floor<date::days>(zone->to_local(date::floor<std::chrono::seconds>(now)));
    if (const auto text = request.parameter("day"); !text.empty()) {
        const auto wanted = parse_date(text);
        if (!wanted) co_return problem(400, "bad_request", "`day` is a date such as 2026-03-01");
        day = date::local_days(std::chrono::sys_days(*wanted).time_since_epoch());
    }
    const std::string language(request.parameter("language"));
    if (language.size() > 20) co_return problem(400, "bad_request", "`language` is a tag such as ar");
    const auto person = request.person();

    Before before;
    for (int back = kDaysBefore; back > 0; --back) {
        const auto from = start_of(*zone, day - date::days(back));
        const auto to = start_of(*zone, day - date::days(back - 1));
        const FinishedDays::Key key{from, person.brands};
        auto counted = site.finished_days.find(key);
        if (!counted) {
            // A read a day, so that no other reader waits long.
            auto fresh = co_await site.database.read([&](Reader& reader) {
                return count_day(sample_mentions(reader, person.brands, from, to, kMostOfDay));
            });
            counted = std::make_shared<const DayOfTopics>(std::move(fresh));
            if (to <= now) site.finished_days.keep(key, counted);
        }
        before.add(*counted);
    }

    const auto from = start_of(*zone, day);
    const auto to = start_of(*zone, day + date::days(1));
    const auto ignored = brand_words(site.workspace->setup);
    DayOfTopics today;
    const auto languages = co_await site.database.read([&](Reader& reader) {
        const auto mentions = sample_mentions(reader, person.brands, from, to, kMostOfToday);
        today = count_day(mentions);
        return topics_of(reader, person, mentions, before, ignored, language);
    });
    JsonWriter out;
    out.object([&] {
        out.member("day", to_string(Date{std::chrono::sys_days(day.time_since_epoch())}));
        out.member("mentions", today.mentions);
        out.member("days_before", before.days);
        out.key("languages");
        out.array([&] {
            for (const auto& shown : languages) {
                out.object([&] {
                    out.member("language", shown.language);
                    out.member("authors", shown.authors);
                    out.member("enough", shown.enough);
                    out.key("topics");
                    out.array([&] {
                        for (const auto& topic : shown.topics) write_topic(out, topic);
                    });
                });
            }
        });
        out.key("tags");
        write_tags(out, today.tags, before);
    });
    co_return json_response(std::move(out).take());
}

}  // namespace rasid::handlers

#include "storage/column_json.hpp"

#include "core/json.hpp"
#include "storage/store.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace rasid {
namespace {

std::string text(JsonView view) { return std::string(view.string().value_or("")); }
Instant instant(JsonView view) { return from_micros(view.integer().value_or(0)); }

std::optional<Instant> maybe_instant(JsonView view) {
    const auto micros = view.integer();
    if (!micros) return std::nullopt;
    return from_micros(*micros);
}

std::vector<std::string> strings(JsonView view) {
    std::vector<std::string> list;
    for (const auto item : view.items()) list.push_back(text(item));
    return list;
}

// JsonWriter rounds numbers for people; what is stored comes back exactly.
void exact(JsonWriter& writer, std::string_view name, double number) {
    std::array<char, 32> buffer{};
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::isfinite(number) ? number : 0.0).ptr;
    writer.key(name);
    writer.raw({buffer.data(), static_cast<std::size_t>(end - buffer.data())});
}

void instant(JsonWriter& writer, std::string_view name, const std::optional<Instant>& at) {
    if (at) writer.member(name, to_micros(*at));
}

void write_clocks(JsonWriter& writer, const std::vector<TargetClock>& clocks) {
    writer.array([&] {
        for (const auto& clock : clocks) {
            writer.object([&] {
                writer.member("target", to_string(clock.target));
                instant(writer, "started_at", clock.started_at);
                writer.member("length", std::int64_t{clock.length.count()});
                instant(writer, "due_at", clock.due_at);
                writer.member("calendar", clock.calendar);
                instant(writer, "met_at", clock.met_at);
                instant(writer, "breached_at", clock.breached_at);
            });
        }
    });
}

std::vector<TargetClock> read_clocks(JsonView view) {
    std::vector<TargetClock> clocks;
    for (const auto item : view.items()) {
        TargetClock clock;
        clock.target = parse_target(text(item["target"])).value_or(Target::first_response);
        clock.started_at = instant(item["started_at"]);
        clock.length = Duration(item["length"].integer().value_or(0));
        clock.due_at = instant(item["due_at"]);
        clock.calendar = text(item["calendar"]);
        clock.met_at = maybe_instant(item["met_at"]);
        clock.breached_at = maybe_instant(item["breached_at"]);
        clocks.push_back(std::move(clock));
    }
    return clocks;
}

void write_sentiment(JsonWriter& writer, const Sentiment& sentiment) {
    writer.key("sentiment");
    writer.object([&] {
        writer.member("label", to_string(sentiment.label));
        exact(writer, "score", sentiment.score);
        writer.key("words");
        writer.array([&] {
            for (const auto& word : sentiment.words) {
                writer.object([&] {
                    writer.member("text", word.text);
                    exact(writer, "weight", word.weight);
                });
            }
        });
        if (sentiment.unsure) writer.member("unsure", true);
        if (sentiment.mixed) writer.member("mixed", true);
    });
}

Sentiment read_sentiment(JsonView view) {
    Sentiment sentiment;
    sentiment.label = parse_polarity(text(view["label"])).value_or(Polarity::neutral);
    sentiment.score = view["score"].number().value_or(0);
    for (const auto word : view["words"].items()) {
        sentiment.words.push_back({text(word["text"]), word["weight"].number().value_or(0)});
    }
    sentiment.unsure = view["unsure"].boolean().value_or(false);
    sentiment.mixed = view["mixed"].boolean().value_or(false);
    return sentiment;
}

void write_hits(JsonWriter& writer, const std::vector<Hit>& hits) {
    writer.key("hits");
    writer.array([&] {
        for (const auto& hit : hits) {
            writer.object([&] {
                writer.member("rule", hit.rule);
                writer.member("text", hit.text);
                writer.member("start", hit.start);
                writer.member("end", hit.end);
            });
        }
    });
}

std::vector<Hit> read_hits(JsonView view) {
    std::vector<Hit> hits;
    for (const auto hit : view.items()) {
        hits.push_back({text(hit["rule"]), text(hit["text"]),
                        static_cast<std::size_t>(hit["start"].integer().value_or(0)),
                        static_cast<std::size_t>(hit["end"].integer().value_or(0))});
    }
    return hits;
}

}  // namespace

JsonDocument stored_json(std::string_view json) {
    auto document = parse_json(json);
    if (!document) throw StoreError("a stored value is damaged: " + document.error().what);
    return std::move(*document);
}

std::string strings_to_json(const std::vector<std::string>& list) {
    JsonWriter writer;
    writer.array([&] {
        for (const auto& item : list) writer.value(item);
    });
    return std::move(writer).take();
}

std::vector<std::string> strings_from_json(std::string_view json) {
    const auto document = stored_json(json);
    return strings(document.root());
}

std::string verdict_to_json(const Verdict& verdict) {
    JsonWriter writer;
    writer.object([&] {
        writer.member("language", verdict.language);
        write_sentiment(writer, verdict.sentiment);
        writer.key("influence");
        writer.object([&] {
            writer.member("score", verdict.influence.score);
            writer.strings("reasons", verdict.influence.reasons);
            writer.key("parts");
            writer.array([&] {
                for (const auto& part : verdict.influence.parts) {
                    writer.object([&] {
                        writer.member("name", part.name);
                        writer.member("points", part.points);
                    });
                }
            });
        });
        writer.strings("rules", verdict.rules);
        write_hits(writer, verdict.hits);
        writer.strings("tags", verdict.tags);
        writer.member("queue", verdict.queue);
        writer.member("priority", to_string(verdict.priority));
        writer.member("brand", verdict.brand);
        writer.member("ignore", verdict.ignore);
        writer.strings("reasons", verdict.reasons);
        writer.member("routed_by", verdict.routed_by);
        if (!verdict.corrected_by.empty()) writer.member("corrected_by", verdict.corrected_by);
    });
    return std::move(writer).take();
}

Verdict verdict_from_json(std::string_view json) {
    const auto document = stored_json(json);
    const auto view = document.root();
    Verdict verdict;
    verdict.language = text(view["language"]);
    verdict.sentiment = read_sentiment(view["sentiment"]);
    verdict.influence.score = static_cast<int>(view["influence"]["score"].integer().value_or(0));
    verdict.influence.reasons = strings(view["influence"]["reasons"]);
    for (const auto part : view["influence"]["parts"].items())
        verdict.influence.parts.push_back({text(part["name"]), static_cast<int>(part["points"].integer().value_or(0))});
    verdict.rules = strings(view["rules"]);
    verdict.hits = read_hits(view["hits"]);
    verdict.tags = strings(view["tags"]);
    if (view["queue"].is_string()) verdict.queue = text(view["queue"]);
    verdict.priority = parse_priority(text(view["priority"])).value_or(Priority::normal);
    verdict.brand = text(view["brand"]);
    verdict.ignore = view["ignore"].boolean().value_or(false);
    verdict.reasons = strings(view["reasons"]);
    verdict.routed_by = text(view["routed_by"]);
    verdict.corrected_by = text(view["corrected_by"]);
    return verdict;
}

std::string clocks_to_json(const std::vector<TargetClock>& clocks) {
    JsonWriter writer;
    write_clocks(writer, clocks);
    return std::move(writer).take();
}

std::vector<TargetClock> clocks_from_json(std::string_view json) {
    const auto document = stored_json(json);
    return read_clocks(document.root());
}

std::string opening_to_json(const std::optional<Opening>& opening) {
    if (!opening) return {};
    JsonWriter writer;
    writer.object([&] {
        writer.member("queue", opening->queue);
        writer.member("brand", opening->brand);
        writer.member("platform", opening->platform);
        writer.member("source", opening->source);
        writer.key("author");
        writer.object([&] {
            writer.member("handle", opening->author.handle);
            writer.member("name", opening->author.name);
            writer.member("native_id", opening->author.native_id);
            writer.member("followers", opening->author.followers);
            writer.member("verified", opening->author.verified);
        });
        writer.member("conversation", opening->conversation);
        writer.member("customer", opening->customer);
        writer.member("priority", to_string(opening->priority));
        writer.member("ladder", opening->ladder);
        writer.member("rule", opening->rule);
        writer.strings("tags", opening->tags);
        writer.strings("reasons", opening->reasons);
        writer.key("clocks");
        write_clocks(writer, opening->clocks);
    });
    return std::move(writer).take();
}

std::optional<Opening> opening_from_json(std::string_view json) {
    if (json.empty()) return std::nullopt;
    const auto document = stored_json(json);
    const auto view = document.root();
    const auto author = view["author"];
    Opening opening;
    opening.queue = text(view["queue"]);
    opening.brand = text(view["brand"]);
    opening.platform = text(view["platform"]);
    opening.source = text(view["source"]);
    opening.author = {text(author["handle"]), text(author["name"]), text(author["native_id"]),
                      author["followers"].integer(), author["verified"].boolean().value_or(false)};
    opening.conversation = text(view["conversation"]);
    opening.customer = text(view["customer"]);
    opening.priority = parse_priority(text(view["priority"])).value_or(Priority::normal);
    opening.ladder = text(view["ladder"]);
    opening.rule = text(view["rule"]);
    opening.tags = strings(view["tags"]);
    opening.reasons = strings(view["reasons"]);
    opening.clocks = read_clocks(view["clocks"]);
    return opening;
}

std::string purchases_to_json(const std::vector<Purchase>& purchases) {
    JsonWriter writer;
    writer.array([&] {
        for (const auto& purchase : purchases) {
            writer.object([&] {
                writer.member("date", to_string(purchase.date));
                writer.member("amount_minor", purchase.amount_minor);
                writer.member("currency", purchase.currency);
            });
        }
    });
    return std::move(writer).take();
}

std::vector<Purchase> purchases_from_json(std::string_view json) {
    const auto document = stored_json(json);
    std::vector<Purchase> purchases;
    for (const auto item : document.root().items()) {
        purchases.push_back({parse_date(text(item["date"])).value_or(Date{}),
                             item["amount_minor"].integer().value_or(0), text(item["currency"])});
    }
    return purchases;
}

}  // namespace rasid

#include "storage/column_json.hpp"

#include "core/json.hpp"
#include "storage/json_values.hpp"
#include "storage/store.hpp"

namespace rasid {
namespace {

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

std::string reasons_to_json(const std::vector<Reason>& reasons) {
    JsonWriter writer;
    writer.array([&] {
        for (const auto& reason : reasons) write_reason(writer, reason);
    });
    return std::move(writer).take();
}

std::vector<Reason> reasons_from_json(std::string_view json) {
    const auto document = stored_json(json);
    return read_reasons(document.root());
}

std::string reason_to_column(const Reason& reason) {
    JsonWriter writer;
    write_reason(writer, reason);
    return std::move(writer).take();
}

Reason reason_from_column(std::string_view column) {
    const bool written = column.starts_with('[') || column.starts_with('"');
    return written ? read_reason(stored_json(column).root()) : already_said(std::string(column));
}

std::string verdict_to_json(const Verdict& verdict) {
    JsonWriter writer;
    writer.object([&] {
        writer.member("language", verdict.language);
        write_sentiment(writer, verdict.sentiment);
        writer.key("influence");
        writer.object([&] {
            writer.member("score", verdict.influence.score);
            write_reasons(writer, "reasons", verdict.influence.reasons);
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
        write_reasons(writer, "reasons", verdict.reasons);
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
    verdict.influence.reasons = read_reasons(view["influence"]["reasons"]);
    for (const auto part : view["influence"]["parts"].items())
        verdict.influence.parts.push_back({text(part["name"]), static_cast<int>(part["points"].integer().value_or(0))});
    verdict.rules = strings(view["rules"]);
    verdict.hits = read_hits(view["hits"]);
    verdict.tags = strings(view["tags"]);
    if (view["queue"].is_string()) verdict.queue = text(view["queue"]);
    verdict.priority = parse_priority(text(view["priority"])).value_or(Priority::normal);
    verdict.brand = text(view["brand"]);
    verdict.ignore = view["ignore"].boolean().value_or(false);
    verdict.reasons = read_reasons(view["reasons"]);
    verdict.routed_by = text(view["routed_by"]);
    verdict.corrected_by = text(view["corrected_by"]);
    return verdict;
}

// Both stand where the JSON above begins, which words of a mention cannot be mistaken for: their quotes are escaped.
std::string language_in_verdict(std::string_view language) {
    JsonWriter writer;
    writer.object([&] { writer.member("language", language); });
    auto json = std::move(writer).take();
    json.back() = ',';
    return json;
}

std::string sentiment_in_verdict(Polarity label) {
    return R"("sentiment":{"label":")" + std::string(to_string(label)) + '"';
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

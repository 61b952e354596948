#include "rules/assess_stream.hpp"

#include "core/json.hpp"
#include "core/mention_json.hpp"

namespace rasid {
namespace {

AssessedLine wrong(JsonView id, std::size_t number, std::string_view what) {
    JsonWriter json;
    json.object([&] {
        json.key("id");
        if (id.is_string() || id.is_number())
            json.value(id);
        else
            json.null();
        json.member("line", number);
        json.member("error", what);
    });
    return {std::move(json).take(), false};
}

/// The id is repeated as it came, a number as a number.
std::string print(JsonView id, const Verdict& verdict) {
    JsonWriter json;
    json.object([&] {
        json.key("id");
        json.value(id);
        json.member("language", verdict.language);
        json.key("sentiment");
        json.object([&] {
            json.member("label", to_string(verdict.sentiment.label));
            json.member("score", verdict.sentiment.score);
            json.key("words");
            json.array([&] {
                for (const auto& word : verdict.sentiment.words) {
                    json.object([&] {
                        json.member("text", word.text);
                        json.member("weight", word.weight);
                    });
                }
            });
        });
        json.strings("rules", verdict.rules);
        json.key("hits");
        json.array([&] {
            for (const auto& hit : verdict.hits) {
                json.object([&] {
                    json.member("rule", hit.rule);
                    json.member("text", hit.text);
                    json.member("start", hit.start);
                    json.member("end", hit.end);
                });
            }
        });
        json.strings("tags", verdict.tags);
        json.member("queue", verdict.queue);
        json.member("priority", to_string(verdict.priority));
        json.strings("reasons", in_words(verdict.reasons, Texts("en")));
    });
    return std::move(json).take();
}

}  // namespace

AssessedLine assess_line(const RuleSet& rules, std::string_view line, std::size_t number) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    const auto document = parse_json(line);
    if (!document) return wrong({}, number, document.error().what);
    const auto parsed = parse_mention_json(document->root());
    if (!parsed) return wrong(document->root()["id"], number, parsed.error().what);
    const auto verdict = assess(rules, parsed->mention, parsed->context);
    return {print(document->root()["id"], verdict), true};
}

}  // namespace rasid

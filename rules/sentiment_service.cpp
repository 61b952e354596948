#include "rules/sentiment_service.hpp"

#include "core/json.hpp"
#include "core/text/tokens.hpp"
#include "rules/language.hpp"
#include "rules/sentiment.hpp"

#include <algorithm>
#include <cassert>

namespace rasid {
namespace {

constexpr std::size_t kMostWordBytes = 200;
constexpr double kThird = 1.0 / 3;

Failure wrong_answer(std::string what) { return {Failure::Kind::malformed, "the sentiment service answered " + what}; }

Result<Sentiment> parse_one(JsonView view) {
    const auto score = view["score"].number();
    if (!score || !(*score >= -1 && *score <= 1)) return wrong_answer("no score from -1 to 1");
    Sentiment out;
    out.score = *score;
    if (view["label"].exists()) {
        const auto label = parse_polarity(view["label"].string().value_or(""));
        if (!label) return wrong_answer("a label that is not negative, neutral or positive");
        out.label = *label;
    } else if (std::abs(out.score) > kThird) {
        out.label = out.score > 0 ? Polarity::positive : Polarity::negative;
    }
    out.unsure = view["unsure"].boolean().value_or(false);
    out.mixed = view["mixed"].boolean().value_or(false);
    for (const auto& word : view["words"].items()) {
        if (out.words.size() == kMostSentimentWords) break;
        const auto text = word["text"].string();
        const auto weight = word["weight"].number();
        if (text && weight && text->size() <= kMostWordBytes)
            out.words.push_back({std::string(*text), std::clamp(*weight, -1.0, 1.0)});
    }
    return out;
}

}  // namespace

std::vector<SentimentQuestion> PageQuestions::asked() const {
    std::vector<SentimentQuestion> out;
    out.reserve(texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) out.push_back({texts[i], languages[i]});
    return out;
}

PageQuestions sentiment_questions(std::span<const Mention> mentions) {
    PageQuestions questions;
    for (std::size_t i = 0; i < mentions.size(); ++i) {
        const auto& mention = mentions[i];
        if (mention.deleted || mention.stars || mention.text.empty()) continue;
        questions.about.push_back(i);
        questions.texts.push_back(mention.text);
        questions.languages.push_back(detect_language(mention.text, tokenize(mention.text), mention.language).tag);
    }
    return questions;
}

std::string sentiment_request(std::span<const SentimentQuestion> questions) {
    assert(questions.size() <= kSentimentBatch);
    JsonWriter json;
    json.object([&] {
        json.key("texts");
        json.array([&] {
            for (const auto& question : questions) {
                json.object([&] {
                    json.member("text", question.text);
                    json.member("language", question.language);
                });
            }
        });
    });
    return std::move(json).take();
}

Result<std::vector<Sentiment>> parse_sentiment_response(std::string_view body, std::size_t questions) {
    const auto document = parse_json(body);
    if (!document) return wrong_answer("no JSON: " + document.error().what);
    const auto answers = document->root()["sentiments"].items();
    if (answers.size() != questions)
        return wrong_answer(std::to_string(answers.size()) + " sentiments to " + std::to_string(questions) + " texts");
    std::vector<Sentiment> out;
    for (const auto& answer : answers) {
        auto parsed = parse_one(answer);
        if (!parsed) return parsed.error();
        out.push_back(std::move(*parsed));
    }
    return out;
}

}  // namespace rasid

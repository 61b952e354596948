#include "core/text/bidi.hpp"
#include "rules/duplicates.hpp"
#include "rules/evaluator.hpp"
#include "rules/influence.hpp"
#include "rules/language.hpp"
#include "rules/rule_set.hpp"
#include "rules/sentiment.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace rasid {
namespace {

constexpr std::size_t kWordsInReason = 5;
constexpr std::size_t kWordBytes = 60;

std::string quoted(std::string_view text) {
    const auto cut = cut_at_character(text, kWordBytes);
    std::string out = "“";
    out += cut;
    out += cut.size() < text.size() ? "…”" : "”";
    return out;
}

/// "−0.62", "+0.3".
std::string signed_number(double value) {
    std::array<char, 32> digits{};
    const auto end =
        std::to_chars(digits.data(), digits.data() + digits.size(), std::abs(value), std::chars_format::fixed, 2).ptr;
    std::string out = value < -0.005 ? "−" : value > 0.005 ? "+" : "";
    return out.append(digits.data(), end);
}

/// "language ar: Arabic script", with the other languages of a mixed text.
std::string language_reason(const LanguageGuess& language) {
    std::string out = "language " + language.tag + ": " + language.reason;
    if (language.low_confidence) out += ", not sure";
    std::vector<std::string_view> others;
    for (const auto& segment : language.segments)
        if (segment.tag != language.tag && std::find(others.begin(), others.end(), segment.tag) == others.end())
            others.push_back(segment.tag);
    for (std::size_t i = 0; i < others.size(); ++i) (out += i == 0 ? "; parts in " : ", ") += others[i];
    return out;
}

std::string sentiment_reason(const Sentiment& sentiment, bool external, std::optional<double> stars) {
    std::string out = "sentiment ";
    out += to_string(sentiment.label);
    out += ' ';
    out += signed_number(sentiment.score);
    if (sentiment.mixed) out += ", mixed";
    if (sentiment.unsure) out += ", not sure";
    if (external) out += ", by the external model";
    auto words = sentiment.words;
    std::stable_sort(words.begin(), words.end(),
                     [](const auto& a, const auto& b) { return std::abs(a.weight) > std::abs(b.weight); });
    if (words.size() > kWordsInReason) words.resize(kWordsInReason);
    bool first = true;
    for (const auto& word : words) {
        out += first ? ": " : ", ";
        out += quoted(word.text) + " " + signed_number(word.weight);
        first = false;
    }
    if (stars) {
        std::array<char, 32> digits{};
        std::snprintf(digits.data(), digits.size(), "%g", *stars);
        out += first ? ": " : ", ";
        out += std::string(digits.data()) + " of 5 stars";
    } else if (first && !external) {
        out += ": no word that tells";
    }
    return out;
}

std::string rule_reason(const std::string& name, const std::vector<HitRange>& ranges, const std::string& text) {
    std::string out = "rule " + quoted(name) + " hit: ";
    std::vector<std::string_view> words;
    for (const auto& range : ranges) {
        const auto word = std::string_view(text).substr(range.start, range.end - range.start);
        if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
        if (words.size() == kWordsInReason) break;
    }
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) out += ", ";
        out += quoted(words[i]);
    }
    return words.empty() ? out + "its conditions hold" : out;
}

/// The hit rule of highest priority, the first of equals, decides; a rule that ignores stops the routing.
void decide(Verdict& verdict, const std::vector<const CompiledRule*>& hit) {
    const CompiledRule* deciding = nullptr;
    const CompiledRule* ignoring = nullptr;
    for (const auto* rule : hit) {
        verdict.rules.push_back(rule->name);
        for (const auto& tag : rule->tags)
            if (std::find(verdict.tags.begin(), verdict.tags.end(), tag) == verdict.tags.end())
                verdict.tags.push_back(tag);
        if (rule->ignore && !ignoring) ignoring = rule;
        if (!deciding || rule->priority > deciding->priority) deciding = rule;
    }
    if (!deciding) return;
    verdict.priority = deciding->priority;
    verdict.brand = deciding->brand;
    verdict.ignore = ignoring != nullptr;
    if (ignoring) {
        verdict.reasons.push_back("ignored: rule " + quoted(ignoring->name) + " says so");
    } else if (!deciding->queue.empty()) {
        verdict.queue = deciding->queue;
        verdict.routed_by = deciding->name;
        verdict.reasons.push_back("queue " + quoted(deciding->queue) + ", priority " +
                                  std::string(to_string(deciding->priority)) + ": rule " + quoted(deciding->name));
    }
}

}  // namespace

Verdict assess(const RuleSet& rules, const Mention& mention, const Context& context) {
    const AssessedText text(mention);
    Verdict verdict;
    const auto language = detect_language(mention.text, text.words, mention.language);
    verdict.language = language.tag;
    verdict.reasons.push_back(language_reason(language));

    const bool external = context.sentiment.has_value();
    verdict.sentiment = external ? *context.sentiment
                                 : classify_sentiment({.text = mention.text,
                                                       .words = text.words,
                                                       .language = verdict.language,
                                                       .claim = mention.language,
                                                       .stars = mention.stars},
                                                      rules.sentiment());
    verdict.reasons.push_back(sentiment_reason(verdict.sentiment, external, external ? std::nullopt : mention.stars));
    verdict.influence = measure_influence(mention, context);
    verdict.sketch = sketch_of(text.words);

    const Evaluator evaluator(rules.compiled(), text, context, verdict);
    std::vector<const CompiledRule*> hit;
    for (const auto index : evaluator.holding()) {
        const auto& rule = rules.compiled().rules[index];
        const auto ranges = evaluator.hits(index);
        for (const auto& range : ranges)
            verdict.hits.push_back(
                {rule.name, mention.text.substr(range.start, range.end - range.start), range.start, range.end});
        verdict.reasons.push_back(rule_reason(rule.name, ranges, mention.text));
        hit.push_back(&rule);
    }
    // Stable: rules that hit the same place stay in setup order.
    std::stable_sort(verdict.hits.begin(), verdict.hits.end(),
                     [](const Hit& a, const Hit& b) { return a.start != b.start ? a.start < b.start : a.end < b.end; });
    decide(verdict, hit);
    return verdict;
}

}  // namespace rasid

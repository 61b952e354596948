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

std::string short_word(std::string_view text) {
    const auto cut = cut_at_character(text, kWordBytes);
    return std::string(cut) + (cut.size() < text.size() ? "…" : "");
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
Reason language_reason(const LanguageGuess& language) {
    std::vector<std::string> others;
    for (const auto& segment : language.segments)
        if (segment.tag != language.tag && std::find(others.begin(), others.end(), segment.tag) == others.end())
            others.push_back(segment.tag);
    Reason reason{"language",
                  {language.tag, language.why, language.script.empty() ? "none" : language.script, language.words,
                   language.low_confidence ? "no" : "yes", others.empty() ? "no" : "yes"}};
    reason.values.insert(reason.values.end(), others.begin(), others.end());
    return reason;
}

Reason sentiment_reason(const Sentiment& sentiment, bool external, std::optional<double> stars) {
    auto words = sentiment.words;
    std::stable_sort(words.begin(), words.end(),
                     [](const auto& a, const auto& b) { return std::abs(a.weight) > std::abs(b.weight); });
    if (words.size() > kWordsInReason) words.resize(kWordsInReason);
    std::array<char, 32> digits{};
    if (stars) std::snprintf(digits.data(), digits.size(), "%g", *stars);
    const auto* const none = external ? "" : "nothing";
    const auto* const basis = words.empty() ? (stars ? "stars" : none) : stars ? "both" : "words";
    Reason reason{"sentiment",
                  {std::string(to_string(sentiment.label)), signed_number(sentiment.score),
                   sentiment.mixed ? "yes" : "no", sentiment.unsure ? "no" : "yes", external ? "external" : "built_in",
                   basis, digits.data()}};
    for (const auto& word : words) {
        reason.values.push_back(short_word(word.text));
        reason.values.push_back(signed_number(word.weight));
    }
    return reason;
}

Reason rule_reason(const std::string& name, const std::vector<HitRange>& ranges, const std::string& text) {
    std::vector<std::string_view> words;
    for (const auto& range : ranges) {
        const auto word = std::string_view(text).substr(range.start, range.end - range.start);
        if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
        if (words.size() == kWordsInReason) break;
    }
    Reason reason{words.empty() ? "rule.conditions" : "rule", {short_word(name)}};
    for (const auto word : words) reason.values.push_back(short_word(word));
    return reason;
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
        verdict.reasons.push_back({"ignored", {short_word(ignoring->name)}});
    } else if (!deciding->queue.empty()) {
        verdict.queue = deciding->queue;
        verdict.routed_by = deciding->name;
        verdict.reasons.push_back(
            {"queue",
             {short_word(deciding->queue), std::string(to_string(deciding->priority)), short_word(deciding->name)}});
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

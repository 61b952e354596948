#pragma once

#include "core/text/tokens.hpp"
#include "core/verdict.hpp"
#include "rules/sentiment_settings.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace rasid {

class SentimentWeights;

/// What a Sentiment names of one text at most.
inline constexpr std::size_t kMostSentimentWords = 40;

/// What a classifier of sentiment may look at.
struct SentimentInput {
    std::string_view text = {};
    const TokenizedText& words;        ///< of `text`
    std::string_view language = {};    ///< as detected
    std::string_view claim = {};       ///< the platform's own tag; may be empty
    std::optional<double> stars = {};  ///< 1 … 5, of a review
};

/// The seam behind which other classifiers fit. Pure and safe from any thread.
using SentimentClassifier = Sentiment (*)(const SentimentInput&, const SentimentSettings&);

/// The built-in classifier: for Arabic (its dialects and Latin spellings too) and English a logistic regression over
/// words, characters and the cues of a readable rule layer; for other languages emoji, emoticons and known words alone,
/// never sure. The score is P(positive) - P(negative). The weights of the words are their shares in it: they and what
/// no word is to blame for (stars, punctuation, the constant) add up to the score. A review's stars count most.
Sentiment classify_sentiment(const SentimentInput& input, const SentimentSettings& settings);

/// What the classifier uses for a text; null: neither Arabic nor English.
const SentimentWeights* sentiment_weights_for(std::string_view language, std::string_view claim,
                                              const TokenizedText& words);

}  // namespace rasid

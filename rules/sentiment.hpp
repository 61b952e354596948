#pragma once

#include "core/text/tokens.hpp"
#include "core/verdict.hpp"

#include <optional>
#include <string_view>

namespace rasid {

/// What a classifier of sentiment may look at.
struct SentimentInput {
    std::string_view text = {};
    const TokenizedText& words;        ///< of `text`
    std::string_view language = {};    ///< as detected
    std::optional<double> stars = {};  ///< 1 … 5, of a review
};

/// The seam behind which other classifiers fit. Pure and safe from any thread.
using SentimentClassifier = Sentiment (*)(const SentimentInput&);

/// Weighs the words, emoji and emoticons of a built-in lexicon (Arabic with its dialects, English), turned round by
/// negations and strengthened or weakened by the words around them; a review's stars count most. The weights of the
/// words add up to the score before the stars.
Sentiment classify_by_lexicon(const SentimentInput& input);

}  // namespace rasid

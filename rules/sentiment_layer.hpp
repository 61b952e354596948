#pragma once

#include "core/instant.hpp"
#include "core/verdict.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// A moderator's word on a text whose sentiment was found wrong (or right).
struct SentimentCorrection {
    std::string text = {};
    std::string language = {};  ///< as it was detected
    Polarity right = Polarity::neutral;
    std::string brand = {};
    std::string by = {};
    Instant at = {};
};

/// A text whose label must not get lost by learning.
struct SentimentExample {
    std::string text = {};
    std::string language = {};
    Polarity right = Polarity::neutral;
};

/// What a workspace's corrections taught about single words: a small, bounded shift of each from negative to positive
/// on top of the built-in weights. Immutable; to forget a correction, learn again without it.
class SentimentLayer {
public:
    struct Word {
        double shift = 0;       ///< of the lean, at most kMostShift either way
        int agreeing = 0;       ///< corrections that ask for this direction
        int contradicting = 0;  ///< corrections that ask for the other
    };
    static constexpr double kMostShift = 1.5;

    /// 0 for words that nothing was learnt about. The word is folded.
    double shift(std::string_view word) const {
        const auto known = words_.find(word);
        return known == words_.end() ? 0 : known->second.shift;
    }

    const std::map<std::string, Word, std::less<>>& words() const { return words_; }

private:
    friend class LayerLearner;
    std::map<std::string, Word, std::less<>> words_;
};

/// Learns a layer. Of corrections of one text the newest counts. A word moves only if at least three more corrections
/// ask for its direction than against it, little words (negations, intensifiers, "the") never move, corrections fade
/// with a half-life of half a year, and the layer shrinks until it leaves the label of every example of `keep` that was
/// right without it. Pure: the same corrections give the same layer.
SentimentLayer learn_sentiment(std::span<const SentimentCorrection> corrections, std::span<const SentimentExample> keep,
                               Instant now);

/// How the corrections fare as a regression set.
struct SentimentRegression {
    std::size_t right_before = 0;           ///< by the built-in weights alone
    std::size_t right_after = 0;            ///< with the layer
    std::vector<std::size_t> failing = {};  ///< indices of corrections that are still wrong
    std::vector<std::size_t> broken = {};   ///< indices of those that were right before and are wrong with it
};
SentimentRegression check_corrections(std::span<const SentimentCorrection> corrections, const SentimentLayer& layer);

}  // namespace rasid

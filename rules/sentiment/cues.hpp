#pragma once

#include "core/text/tokens.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace rasid {

class SentimentWeights;

/// A piece of text that leans by itself: a word or phrase of a lexicon, an emoji, an emoticon.
struct SentimentCue {
    std::size_t start = 0;  ///< bytes of the original; with its negation, where it has one
    std::size_t end = 0;
    double weight = 0;  ///< after what the words around it do to it; the sign is its polarity
    bool negated = false;
};

/// The readable layer of sentiment: what a person would point at.
struct SentimentCues {
    std::vector<SentimentCue> cues = {};  ///< in order of the text
    std::vector<bool> negated = {};       ///< for every token: it stands in the reach of a negation
    std::vector<bool> in_phrase = {};     ///< for every token: it is part of a cue of several words
    double positive = 0;                  ///< sum of the weights above zero
    double negative = 0;                  ///< sum of the weights below zero
    int negations = 0;
    bool turns = false;  ///< a word such as "but" divides the text

    double sum() const { return positive + negative; }
};

/// Finds the cues of a text: lexicon words with negation windows, intensifiers, elongation, shouting and the turn of a
/// "but"; emoji and emoticons. `weights` adds the words whose valence it knows; null: the built-in lexicon alone.
SentimentCues find_cues(std::string_view text, const TokenizedText& words, const SentimentWeights* weights);

}  // namespace rasid

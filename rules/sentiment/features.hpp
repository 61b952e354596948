#pragma once

#include "core/text/tokens.hpp"
#include "rules/sentiment/cues.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace rasid {

/// What a text shows apart from its words. The first ones come from the cues and are traced back to them.
enum class SentimentSignal : std::uint8_t {
    cue_sum,       ///< of all cues, softened to -1 … 1
    cue_positive,  ///< of the positive ones, 0 … 1
    cue_negative,  ///< of the negative ones, -1 … 0
    cue_highest,   ///< the strongest positive one, 0 … 1
    cue_lowest,    ///< the strongest negative one, -1 … 0
    cue_last,      ///< the last one, -1 … 1
    cue_strength,  ///< the sum without its sign
    cue_conflict,  ///< the smaller of both sides
    no_cue,
    bin,  ///< the first of kCueBins: which part of -1 … 1 the sum lies in
    bin_end = bin + 8,
    exclaims = bin_end,
    exclaims_with_cue,  ///< in the direction of the cues
    asks,
    trails,  ///< ends in …
    quotes,
    elongates,
    shouts,  ///< share of the words
    negates,
    turns,
    links,
    addresses,  ///< handles
    tags,
    numbers,
    symbols,
    length,
    is_short,
    count,
};

inline constexpr std::size_t kSentimentSignals = static_cast<std::size_t>(SentimentSignal::count);

/// A hashed piece of text and the token it came from.
struct SentimentGram {
    std::uint32_t hash = 0;
    std::uint32_t token = 0;
    std::uint32_t second = 0;  ///< of a pair the other token, else the same
};

struct SentimentFeatures {
    std::vector<SentimentGram> grams = {};       ///< words and pairs of words
    std::vector<SentimentGram> characters = {};  ///< three and four characters of a word
    double gram_value = 0;                       ///< of each gram: less in a longer text
    double character_value = 0;                  ///< the same for characters
    std::array<double, kSentimentSignals> signals = {};
};

/// Which kinds of grams a language uses.
struct GramKinds {
    bool pairs = true;
    double characters = 1;            ///< how much grams of characters count beside words; 0: not used
    std::uint32_t least_letters = 1;  ///< of a word that is cut into characters

    bool operator==(const GramKinds&) const = default;
};

/// The same at training and at run time. Pure.
SentimentFeatures sentiment_features(std::string_view text, const TokenizedText& words, const SentimentCues& cues,
                                     GramKinds kinds);

/// The hash by which weights know a folded word; `word` is its hash_word. Weights that were trained before a change of
/// either are worth nothing after it.
std::uint32_t sentiment_hash(std::uint64_t word);

}  // namespace rasid

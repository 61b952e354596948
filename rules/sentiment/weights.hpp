#pragma once

#include "rules/sentiment/features.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// How far something pulls a text from negative to positive, and how far towards neutral. The three classes stand at
/// -lean, neutral and +lean.
struct SentimentPull {
    double lean = 0;
    double neutral = 0;
};

/// What the trainer learnt for one language: one byte of lean and one of neutrality for every bucket that a gram can
/// fall into, numbers for the signals, and the valence of words from lexicons.
///
/// As bytes, little-endian: "RSW1", log2 of the buckets, slots of the valence table (a power of two), whether pairs
/// count, how much characters count and in words of how many letters, the scale of the bytes, the constant pull, then
/// (lean, neutral) of every signal, all 4 bytes each; the valence table's hashes, 4 bytes each, 0 meaning free, and its
/// valences, one byte each in 1/30; last (lean, neutral) of every bucket.
class SentimentWeights {
public:
    /// Refuses what is no such file. `bytes` must outlive this.
    static std::optional<SentimentWeights> read(std::string_view bytes);

    SentimentPull gram(std::uint32_t hash) const {
        const auto at = static_cast<std::size_t>(hash >> shift_) * 2;
        return {static_cast<double>(buckets_[at]), static_cast<double>(buckets_[at + 1])};
    }
    double scale() const { return scale_; }  ///< of what gram() returns
    SentimentPull signal(std::size_t index) const { return signals_[index]; }
    SentimentPull constant() const { return constant_; }
    GramKinds kinds() const { return kinds_; }

    /// -4 … 4; 0 for words it does not know. `word` is the hash_word of the folded word.
    double valence(std::uint64_t word) const;

    /// What the trainer writes.
    struct Parts {
        int bits = 16;
        GramKinds kinds = {};
        double scale = 1;
        SentimentPull constant = {};
        std::array<SentimentPull, kSentimentSignals> signals = {};
        std::vector<std::uint32_t> valence_hashes = {};
        std::vector<std::int8_t> valences = {};
        std::vector<std::int8_t> buckets = {};
    };
    static std::string write(const Parts& parts);

    /// The tables of a lexicon: sorted (hash, valence) into the form that Parts holds.
    static void set_valences(Parts& parts, const std::vector<std::pair<std::uint32_t, double>>& words);

private:
    int shift_ = 0;
    GramKinds kinds_ = {};
    double scale_ = 0;
    SentimentPull constant_ = {};
    std::array<SentimentPull, kSentimentSignals> signals_ = {};
    std::uint32_t valence_mask_ = 0;
    const char* valence_hashes_ = nullptr;
    const std::int8_t* valences_ = nullptr;
    const std::int8_t* buckets_ = nullptr;
};

}  // namespace rasid

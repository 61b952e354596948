#pragma once

#include "rules/sentiment/train/corpus.hpp"
#include "rules/sentiment/weights.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace rasid::training {

/// What the trainer may be told. settings_for() gives what cross-validation chose.
struct Settings {
    int bits = 17;  ///< log2 of the buckets
    GramKinds kinds = {};
    int epochs = 3;
    double rate = 0.05;            ///< how fast a weight follows its gradient
    double l1 = 2;                 ///< what a gram must show before it counts at all
    double l2 = 5;                 ///< pull of every weight towards nothing
    double balance = 1;            ///< 0: classes as frequent as in the data … 1: all alike
    double source_balance = 0.5;   ///< 0: sources by their size … 1: all alike
    double distant_weight = 0.3;   ///< of a sample whose label came from emoji
    double sure_precision = 0.82;  ///< that a score below -0.7 shall have on the mean of sources left out
    std::uint64_t seed = 1;
};

/// A sample made ready once for many trainings.
struct Example {
    std::uint32_t first_gram = 0;  ///< into Examples::buckets
    std::uint32_t grams = 0;
    std::uint32_t characters = 0;  ///< of the grams, the last ones
    float gram_value = 0;
    float character_value = 0;
    std::uint16_t source = 0;
    std::int8_t label = 0;
    bool distant = false;
    std::array<float, kSentimentSignals> signals = {};
};

struct Examples {
    std::vector<Example> rows = {};
    std::vector<std::uint32_t> hashes = {};
    std::vector<std::string> sources = {};
};

/// Adds samples. `lexicon` holds the valence table that the cues of the texts use.
void add_examples(Examples& examples, const std::vector<Sample>& samples, const SentimentWeights& lexicon,
                  const Settings& settings, bool distant);

/// Learnt numbers before they become bytes.
struct Model {
    int bits = 17;
    GramKinds kinds = {};
    std::vector<float> buckets = {};  ///< (lean, neutral) of each
    std::array<SentimentPull, kSentimentSignals> signals = {};
    SentimentPull constant = {};
    std::vector<SentimentPull> source_constants = {};

    SentimentPull pull(const Examples& examples, const Example& example) const;
};

/// Three-class logistic regression by FTRL-proximal steps, in an order that the seed decides. Each source has a
/// constant of its own, which takes up how its raters drew the lines and is left out of the model. Same input, same
/// numbers.
Model train(const Examples& examples, const std::vector<std::uint32_t>& rows, const Settings& settings);

/// Negative, neutral, positive.
std::array<double, 3> probabilities(SentimentPull pull);

/// The model as bytes, all pulls divided by `temperature`.
SentimentWeights::Parts quantise(const Model& model, double temperature);

}  // namespace rasid::training

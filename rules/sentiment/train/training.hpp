#pragma once

#include "rules/sentiment/train/trainer.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace rasid::training {

/// Everything that the weights of one language are made from.
struct Corpus {
    std::vector<Sample> samples = {};
    std::vector<Sample> distant = {};    ///< labels that came from emoji; no neutral ones
    std::vector<Valence> valences = {};  ///< of all lexicons; a word's valence is the mean of what they say
};

/// How a model does on a source that it was not trained on.
struct LeftOut {
    std::string source = {};
    std::size_t texts = 0;
    double macro_f1 = 0;
    double recall = 0;
    std::size_t sure_negative = 0;  ///< texts with a score below -0.7
    double negative_precision = 0;  ///< of those
};

struct Trained {
    std::string bytes = {};              ///< the weight file
    std::vector<LeftOut> left_out = {};  ///< sources of fewer than 200 texts are not judged
    double neutral = 0;                  ///< the constant that served the sources left out best
    double temperature = 1;              ///< that makes probabilities of texts of unseen sources true
    std::size_t used_weights = 0;
};

/// What was chosen for a language, "ar" or "en".
Settings settings_for(std::string_view language);

/// Trains with each source left out in turn (with one source: each half), to find the constant and the temperature
/// that serve texts of unseen sources, then on everything. Needs at least two samples.
Trained make_weights(const Corpus& corpus, const Settings& settings);

}  // namespace rasid::training

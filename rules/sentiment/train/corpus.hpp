#pragma once

#include "core/failure.hpp"

#include <istream>
#include <string>
#include <string_view>
#include <vector>

namespace rasid::training {

/// One labelled text.
struct Sample {
    int label = 0;  ///< -1, 0, 1
    std::string source = {};
    std::string text = {};
};

/// Reads lines `label<TAB>lang<TAB>source<TAB>text`, as `assess --evaluate` does. `name` is for the failure's text.
Result<std::vector<Sample>> read_samples(std::istream& in, std::string_view name);

/// A word and how it leans by itself, -4 … 4.
struct Valence {
    std::string word = {};
    double value = 0;
};

/// Reads lines `word<TAB>valence`; comments begin with "# ".
Result<std::vector<Valence>> read_valences(std::istream& in, std::string_view name);

/// Labels that came from emoji teach nothing but those emoji: the text without pictographs and emoticons.
std::string without_faces(std::string_view text);

}  // namespace rasid::training

#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace rasid {

struct Emoticon {
    std::size_t start = 0;
    std::size_t end = 0;
    double weight = 0;
};

/// Faces written with punctuation, such as :) and :-(, that stand apart from words.
std::vector<Emoticon> find_emoticons(std::string_view text);

}  // namespace rasid

#pragma once

#include <string_view>
#include <utility>
#include <vector>

namespace rasid {

/// Common words of one language in folded form, separated by spaces.
struct CommonWords {
    std::string_view language;
    std::string_view words;
};

const std::vector<CommonWords>& common_latin_words();
const std::vector<CommonWords>& common_arabic_script_words();

}  // namespace rasid

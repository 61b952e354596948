#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace rasid {

/// Languages whose most common words are listed, each at its bit.
const std::vector<std::string_view>& languages_with_common_words();

/// The languages among whose common words a word is, as a set of bits. `hash` is hash_word of the folded word.
std::uint16_t languages_of_common_word(std::uint64_t hash);

/// Whether a word is so common in a language that it says nothing about a text's topic. False for languages without a
/// list.
bool is_common_word(std::string_view language, std::uint64_t hash);

}  // namespace rasid

#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// Finds words in raw JSON bytes before anything is parsed: without case, as UTF-8 or in JSON's escapes, in any
/// mixture.
///
/// Deliberately wide, since rules decide afterwards: the spellings of alef, yeh and teh marbuta count as one, Arabic
/// vowel signs and the tatweel are passed over, and a word is also found inside a longer one.
class WordFilter {
public:
    explicit WordFilter(const std::vector<std::string>& words);

    bool matches(std::string_view bytes) const;

private:
    /// The ways to write one character.
    using Spellings = std::vector<std::string>;

    bool matches_at(const std::vector<Spellings>& word, std::string_view bytes) const;

    std::vector<std::vector<Spellings>> words_;
    std::array<bool, 256> first_{};  ///< bytes that some word begins with
};

}  // namespace rasid

#pragma once

#include "core/text/tokens.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// What letter sequences say.
struct SequenceGuess {
    std::string tag = {};  ///< BCP 47 primary language; empty: nothing
    bool reliable = false;
    std::string second = {};  ///< the next likely one of a text in several languages
    int second_percent = 0;   ///< its share of the text
};

/// Asks CLD2 about some words of a text, given by their tokens; what is longer than 4 KB is judged by its beginning.
SequenceGuess guess_by_sequences(std::string_view text, const TokenizedText& words,
                                 const std::vector<std::uint32_t>& tokens);

/// Tokens [first, last] of the list that was asked about, in one language.
struct SequenceStretch {
    std::size_t first = 0;
    std::size_t last = 0;
    std::string tag = {};
};

/// The languages of the parts of a text, in order; neighbours differ. Costs twice as much.
std::vector<SequenceStretch> stretches_by_sequences(std::string_view text, const TokenizedText& words,
                                                    const std::vector<std::uint32_t>& tokens);

}  // namespace rasid

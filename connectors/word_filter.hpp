#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rasid {

/// Finds words in raw JSON bytes before anything is parsed: without case, as UTF-8 or in JSON's escapes, in any
/// mixture. One pass over the bytes, however many words there are.
///
/// Deliberately wide, since rules decide afterwards: the spellings of alef, yeh and teh marbuta count as one, Arabic
/// vowel signs and the tatweel are passed over, and a word is also found inside a longer one.
class WordFilter {
public:
    explicit WordFilter(const std::vector<std::string>& words);

    bool matches(std::string_view bytes) const;

private:
    using State = std::uint32_t;
    static constexpr char32_t kLetterTable = 0x700;  ///< Latin, Greek, Cyrillic, Hebrew and Arabic letters
    static constexpr std::uint32_t kDroppedLetter = 0xFFFFFFFF;

    struct Edge {
        std::uint64_t key = 0;  ///< state and letter; 0: free
        State to = 0;
    };
    struct Node {
        State fallback = 0;  ///< the longest other beginning of a word that ends here
        bool word = false;   ///< a word ends here, or at a fallback
    };
    class Builder;

    /// Letters are numbered from 1; 0 is any that no word has, kDroppedLetter one that is passed over.
    std::uint32_t letter_of(char32_t code) const;
    State step(State from, std::uint32_t letter) const;
    State edge(State from, std::uint32_t letter) const;

    std::array<std::uint32_t, kLetterTable> table_ = {};
    std::unordered_map<char32_t, std::uint32_t> others_;  ///< of every letter of the words
    std::uint32_t letters_ = 0;
    State dense_ = 0;           ///< states below have their steps in `steps_`, the others theirs in `edges_`
    std::vector<State> steps_;  ///< by state and letter, fallbacks included
    std::vector<Edge> edges_;   ///< open addressing; the size is a power of two
    std::vector<Node> nodes_;
};

}  // namespace rasid

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
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
    struct Edge {
        std::uint64_t key = 0;  ///< state and letter; 0: free
        State to = 0;
    };
    struct Node {
        State fallback = 0;  ///< the longest other beginning of a word that ends here
        bool word = false;   ///< a word ends here, or at a fallback
    };
    class Builder;

    State step(State from, char32_t letter) const;
    State edge(State from, char32_t letter) const;

    std::vector<Edge> edges_;  ///< open addressing; the size is a power of two
    std::vector<Node> nodes_;
};

}  // namespace rasid

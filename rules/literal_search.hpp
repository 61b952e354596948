#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// Which of many literals occur in a text, found in one pass, without regard to case.
class LiteralSearch {
public:
    static constexpr std::size_t kShortest = 3;  ///< bytes of a literal
    /// Of a longer literal only so many bytes are looked for, which bounds the work at one place of a text.
    static constexpr std::size_t kLongest = 24;

    LiteralSearch() = default;
    explicit LiteralSearch(const std::vector<std::string>& literals);

    /// Numbers of the literals, counted from 0, whose first kLongest bytes occur; each once, ascending.
    std::vector<int> find(std::string_view text) const;

private:
    struct Literal {
        std::string text;
        int number = 0;
    };
    std::vector<Literal> literals_;  ///< sorted by text
    std::bitset<1u << 16> heads_;    ///< hashes of their first kShortest bytes
};

}  // namespace rasid

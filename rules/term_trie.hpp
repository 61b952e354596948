#pragma once

#include "core/text/tokens.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// One word of a term, folded.
struct TermStep {
    TokenKind kind = TokenKind::word;  ///< word, symbol (both are found alike), hashtag, cashtag or handle
    std::string text = {};
    bool wildcard = false;  ///< any word that begins so; at most 63 bytes
};

/// A place where a term was found.
struct TermHit {
    std::uint32_t term = 0;
    std::uint32_t first_position = 0;
    std::uint32_t last_position = 0;
    std::uint32_t start = 0;  ///< bytes of the original text
    std::uint32_t end = 0;
};

/// Many words and phrases found in one pass over a text: a trie over the hashes of folded words. Arabic words are found
/// behind their attached particles, except by terms that are exact.
class TermTrie {
public:
    TermTrie();

    /// The term's number, counted from 0; the same term has the same number.
    std::uint32_t add(const std::vector<TermStep>& steps, bool exact);

    std::uint32_t size() const { return terms_; }
    std::size_t memory() const { return edges_.capacity() * sizeof(Edge) + nodes_.capacity() * sizeof(Node); }

    /// Every occurrence, ordered by term and place. Bounded by the text: a hit begins at one of its words.
    std::vector<TermHit> find(const TokenizedText& text) const;

private:
    static constexpr std::uint32_t kNone = 0xFFFFFFFF;
    struct Edge {
        std::uint64_t key = 0;  ///< 0: free
        std::uint32_t node = kNone;
    };
    struct Node {
        std::uint32_t plain = kNone;  ///< the term that ends here
        std::uint32_t exact = kNone;
        std::uint64_t wildcards = 0;  ///< bit n: a wildcard stem of n bytes goes on from here
    };
    class Search;

    std::uint32_t child(std::uint32_t node, std::uint64_t key) const;
    std::uint32_t child_or_new(std::uint32_t node, std::uint64_t key);
    void grow();

    std::vector<Edge> edges_;  ///< open addressing; the size is a power of two
    std::vector<Node> nodes_;
    std::size_t used_ = 0;
    std::uint32_t terms_ = 0;
    std::uint64_t wildcards_ = 0;  ///< of all nodes together
    std::size_t longest_ = 0;      ///< words of the longest term
};

/// The steps that a piece of query text folds to.
std::vector<TermStep> term_steps(std::string_view text, bool wildcard);

}  // namespace rasid

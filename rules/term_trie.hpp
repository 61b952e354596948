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
/// behind their attached particles, Latin ones before 's and as parts of camel-case words, except by terms that are
/// exact.
class TermTrie {
public:
    TermTrie();

    /// The term's number, counted from 0; the same term has the same number.
    std::uint32_t add(const std::vector<TermStep>& steps, bool exact);

    std::uint32_t size() const { return terms_; }

    /// Bytes that it holds.
    std::size_t memory() const;

    /// Every occurrence, ordered by term and place. Bounded by the text: a hit begins at one of its words.
    std::vector<TermHit> find(const TokenizedText& text) const;

private:
    static constexpr std::uint32_t kNone = 0xFFFFFFFF;
    /// A word that follows the words of a node. Most lead to one term and nowhere else, and need no node.
    struct Edge {
        std::uint64_t key = 0;       ///< of node and word; 0: free
        std::uint32_t node = 0;      ///< where further words go on; 0: nowhere, for the root follows no word
        std::uint32_t term = kNone;  ///< that ends here: twice its number, and one more if it is exact
    };
    struct Node {
        std::uint64_t wildcards = 0;  ///< bit n: a wildcard stem of n bytes goes on from here
        std::uint32_t twin = kNone;   ///< the other term of the words that lead here, as in Edge::term
    };
    class Search;

    const Edge* child(std::uint32_t node, std::uint64_t key) const;
    void fetch(std::uint64_t key) const;
    Edge& child_or_new(std::uint32_t node, std::uint64_t key);
    std::uint32_t node_behind(Edge& edge);
    bool may_have(std::uint64_t edge) const;
    void mark(std::uint64_t edge);
    void grow();

    std::vector<Edge> edges_;           ///< open addressing; the size is a power of two
    std::vector<std::uint64_t> marks_;  ///< a Bloom filter of the edges, so that most words never touch them
    std::vector<Node> nodes_;
    /// By the first letters of a word: the lengths of the wildcard stems that begin so, of all nodes together; empty
    /// without wildcards.
    std::vector<std::uint64_t> stem_lengths_;
    std::size_t used_ = 0;
    std::uint32_t terms_ = 0;
};

/// The steps that a piece of query text folds to.
std::vector<TermStep> term_steps(std::string_view text, bool wildcard);

}  // namespace rasid

#include "rules/term_trie.hpp"

#include "core/text/word_hash.hpp"
#include "rules/particles.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>

namespace rasid {
namespace {

constexpr std::size_t kWildcardBytes = 63;
constexpr std::size_t kLengthsTable = 4096;
// Eight bits of the filter an edge or more: one word in twenty passes it in vain, and that of 100,000 words stays in a
// core's own cache.
constexpr std::size_t kEdgesPerMark = 16;

/// Tags, handles and wildcards live beside words without meeting them.
constexpr std::uint64_t key_of(TokenKind kind, bool wildcard, std::uint64_t hash) {
    const auto space = kind == TokenKind::symbol ? TokenKind::word : kind;
    return hash ^ (static_cast<std::uint64_t>(space) * 2 + (wildcard ? 1 : 0)) * 0x9e3779b97f4a7c15;
}

std::uint64_t edge_key(std::uint32_t node, std::uint64_t key) {
    auto edge = key;
    if (node > 0) {
        edge = (key + node) * 0xd6e8feb86659fd93;
        edge ^= edge >> 32;
    }
    return edge == 0 ? 1 : edge;
}

/// Bytes at the beginning that tell wildcard stems apart. A stem has two letters or more, hence at least so many.
std::size_t head_bytes(std::string_view word) { return static_cast<unsigned char>(word.front()) < 0x80 ? 2 : 3; }

std::size_t lengths_slot(std::string_view word) {
    return hash_word(word.substr(0, head_bytes(word))) & (kLengthsTable - 1);
}

/// The name within a handle that carries its host: @user@host and @user.host are also @user.
std::string_view local_part(std::string_view handle) { return handle.substr(0, handle.find_first_of("@.")); }

}  // namespace

TermTrie::TermTrie() : edges_(64), marks_(edges_.size() / kEdgesPerMark), nodes_(1) {}

std::size_t TermTrie::memory() const {
    return edges_.capacity() * sizeof(Edge) + nodes_.capacity() * sizeof(Node) +
           (marks_.capacity() + stem_lengths_.capacity()) * sizeof(std::uint64_t);
}

bool TermTrie::may_have(std::uint64_t edge) const {
    const auto bits = std::uint64_t{1} << (edge >> 58) | std::uint64_t{1} << (edge >> 52 & 63);
    return (marks_[edge & (marks_.size() - 1)] & bits) == bits;
}

void TermTrie::mark(std::uint64_t edge) {
    marks_[edge & (marks_.size() - 1)] |= std::uint64_t{1} << (edge >> 58) | std::uint64_t{1} << (edge >> 52 & 63);
}

const TermTrie::Edge* TermTrie::child(std::uint32_t node, std::uint64_t key) const {
    const auto wanted = edge_key(node, key);
    if (!may_have(wanted)) return nullptr;
    const auto mask = edges_.size() - 1;
    for (auto slot = wanted & mask;; slot = (slot + 1) & mask) {
        if (edges_[slot].key == wanted) return &edges_[slot];
        if (edges_[slot].key == 0) return nullptr;
    }
}

void TermTrie::fetch(std::uint64_t key) const { __builtin_prefetch(&edges_[edge_key(0, key) & (edges_.size() - 1)]); }

TermTrie::Edge& TermTrie::child_or_new(std::uint32_t node, std::uint64_t key) {
    if ((used_ + 1) * 2 > edges_.size()) grow();
    const auto wanted = edge_key(node, key);
    const auto mask = edges_.size() - 1;
    auto slot = wanted & mask;
    while (edges_[slot].key != 0 && edges_[slot].key != wanted) slot = (slot + 1) & mask;
    if (edges_[slot].key == 0) {
        edges_[slot].key = wanted;
        mark(wanted);
        ++used_;
    }
    return edges_[slot];
}

std::uint32_t TermTrie::node_behind(Edge& edge) {
    if (edge.node == 0) {
        edge.node = static_cast<std::uint32_t>(nodes_.size());
        nodes_.emplace_back();
    }
    return edge.node;
}

void TermTrie::grow() {
    std::vector<Edge> larger(edges_.size() * 2);
    marks_.assign(larger.size() / kEdgesPerMark, 0);
    const auto mask = larger.size() - 1;
    for (const auto& edge : edges_) {
        if (edge.key == 0) continue;
        auto slot = edge.key & mask;
        while (larger[slot].key != 0) slot = (slot + 1) & mask;
        larger[slot] = edge;
        mark(edge.key);
    }
    edges_ = std::move(larger);
}

std::uint32_t TermTrie::add(const std::vector<TermStep>& steps, bool exact) {
    assert(!steps.empty());
    Edge* edge = nullptr;
    for (const auto& step : steps) {
        const auto node = edge ? node_behind(*edge) : 0;
        if (step.wildcard) {
            assert(step.text.size() <= kWildcardBytes && step.text.size() >= head_bytes(step.text));
            const auto length = std::uint64_t{1} << step.text.size();
            nodes_[node].wildcards |= length;
            stem_lengths_.resize(kLengthsTable);
            stem_lengths_[lengths_slot(step.text)] |= length;
        }
        edge = &child_or_new(node, key_of(step.kind, step.wildcard, hash_word(step.text)));
    }
    const auto is_free_or_same = edge->term == kNone || (edge->term & 1) == (exact ? 1 : 0);
    auto& term = is_free_or_same ? edge->term : nodes_[node_behind(*edge)].twin;
    if (term == kNone) term = terms_++ * 2 + (exact ? 1 : 0);
    return term / 2;
}

class TermTrie::Search {
public:
    Search(const TermTrie& trie, const TokenizedText& text) : trie_(trie), text_(text), tokens_(text.tokens()) {}

    std::vector<TermHit> run() {
        for (std::size_t first = 0; first < tokens_.size(); ++first) walk(0, first, first, true);
        follow_candidates();
        std::sort(hits_.begin(), hits_.end(), [](const TermHit& a, const TermHit& b) {
            return a.term != b.term ? a.term < b.term : a.start != b.start ? a.start < b.start : a.end < b.end;
        });
        const auto same = [](const TermHit& a, const TermHit& b) {
            return a.term == b.term && a.start == b.start && a.end == b.end;
        };
        hits_.erase(std::unique(hits_.begin(), hits_.end(), same), hits_.end());
        return std::move(hits_);
    }

private:
    /// Follows every reading of the token at `at` from a node that the tokens since `first` have reached. `bare`: none
    /// of them has lost a particle.
    void walk(std::uint32_t node, std::size_t first, std::size_t at, bool bare) {
        const auto& token = tokens_[at];
        const auto text = text_.text_of(token);
        const Place place{node, first, at};
        switch (token.kind) {
        case TokenKind::url:
            return;
        case TokenKind::symbol:
            return follow(place, key_of(TokenKind::symbol, false, token.hash), bare);
        case TokenKind::hashtag:
            read(place, TokenKind::hashtag, text, token.hash, bare);
            // A tag of one part is found through that part.
            if (token.last_position > token.position) read(place, TokenKind::word, text, token.hash, bare);
            return;
        case TokenKind::cashtag:
            return read_both(place, TokenKind::cashtag, text, token.hash, bare);
        case TokenKind::handle:
            read_both(place, TokenKind::handle, text, token.hash, bare);
            if (const auto local = local_part(text); local.size() < text.size())
                read_both(place, TokenKind::handle, local, hash_word(local), bare);
            return;
        case TokenKind::word:
            read(place, TokenKind::word, text, token.hash, bare);
            if (may_carry_particle(text)) read_stems(place, text);
            if (token.elongated) {
                const auto doubled = text_.doubled_of(token);
                read(place, TokenKind::word, doubled, hash_word(doubled), bare);
                if (may_carry_particle(doubled)) read_stems(place, doubled);
            }
            return;
        }
    }

    struct Place {
        std::uint32_t node = 0;
        std::size_t first = 0;
        std::size_t at = 0;
    };

    /// A sign's own word is found with and without the sign.
    void read_both(const Place& place, TokenKind kind, std::string_view text, std::uint64_t hash, bool bare) {
        read(place, kind, text, hash, bare);
        read(place, TokenKind::word, text, hash, bare);
    }

    void read_stems(const Place& place, std::string_view word) {
        const Stems stems(word);
        for (const auto* stem = stems.begin() + 1; stem != stems.end(); ++stem)
            read(place, TokenKind::word, stem->text, hash_word(stem->text), false,
                 stem->preposition ? kShortStemBytes + 1 : 1);
    }

    void read(const Place& place, TokenKind kind, std::string_view text, std::uint64_t hash, bool bare,
              std::size_t shortest_wildcard = 1) {
        follow(place, key_of(kind, false, hash), bare);
        if (trie_.stem_lengths_.empty()) return;
        auto lengths = trie_.stem_lengths_[lengths_slot(text)] & trie_.nodes_[place.node].wildcards;
        for (; lengths != 0; lengths &= lengths - 1) {
            const auto length = static_cast<std::size_t>(std::countr_zero(lengths));
            if (length > text.size()) return;
            if (length >= shortest_wildcard) follow(place, key_of(kind, true, hash_word(text.substr(0, length))), bare);
        }
    }

    /// First words wait until several are there: the table lies in far memory, and what is asked for together comes
    /// together.
    void follow(const Place& place, std::uint64_t key, bool bare) {
        if (place.node > 0) return take(place, trie_.child(place.node, key), bare);
        if (!trie_.may_have(edge_key(0, key))) return;
        trie_.fetch(key);
        candidates_[waiting_++] = {key, static_cast<std::uint32_t>(place.at), bare};
        if (waiting_ == candidates_.size()) follow_candidates();
    }

    void follow_candidates() {
        for (std::size_t i = 0; i < waiting_; ++i) {
            const auto& candidate = candidates_[i];
            take({0, candidate.at, candidate.at}, trie_.child(0, candidate.key), candidate.bare);
        }
        waiting_ = 0;
    }

    void take(const Place& place, const Edge* edge, bool bare) {
        if (!edge) return;
        if (edge->term != kNone) hit(edge->term, place, bare);
        if (edge->node == 0) return;
        if (const auto twin = trie_.nodes_[edge->node].twin; twin != kNone) hit(twin, place, bare);
        // After what has parts they are skipped; after a part comes the next token, or one with parts and its first.
        const auto position = tokens_[place.at].last_position + 1;
        for (auto after = place.at + 1; after < tokens_.size() && tokens_[after].position <= position; ++after) {
            if (tokens_[after].position == position) walk(edge->node, place.first, after, bare);
        }
    }

    /// Whether no 's follows and neither end is a part of a camel-case word.
    bool stands_alone(const Place& place) const {
        const auto end = tokens_[place.at].end;
        for (auto after = place.at + 1; after < tokens_.size() && tokens_[after].start <= end; ++after)
            if (tokens_[after].possessive && tokens_[after].start == end) return false;
        return !is_part_of_word(place.first) && !is_part_of_word(place.at);
    }

    bool is_part_of_word(std::size_t at) const {
        if (!tokens_[at].in_tag) return false;
        while (tokens_[at].in_tag) --at;
        return tokens_[at].kind == TokenKind::word;
    }

    void hit(std::uint32_t term, const Place& place, bool bare) {
        if (term % 2 == 1 && (!bare || !stands_alone(place))) return;
        if (hits_.empty()) hits_.reserve(16);
        const auto& first = tokens_[place.first];
        const auto& last = tokens_[place.at];
        hits_.push_back({term / 2, first.position, last.last_position, first.start, last.end});
    }

    const TermTrie& trie_;
    const TokenizedText& text_;
    const std::vector<Token>& tokens_;
    struct Candidate {
        std::uint64_t key;
        std::uint32_t at;
        bool bare;
    };
    std::array<Candidate, 32> candidates_;  ///< first words that the filter lets pass
    std::size_t waiting_ = 0;
    std::vector<TermHit> hits_;
};

std::vector<TermHit> TermTrie::find(const TokenizedText& text) const {
    if (terms_ == 0) return {};
    return Search(*this, text).run();
}

std::vector<TermStep> term_steps(std::string_view text, bool wildcard) {
    std::vector<TermStep> steps;
    const auto words = tokenize(text);
    for (const auto& token : words.tokens()) {
        if (token.in_tag || token.kind == TokenKind::url) continue;
        steps.push_back({.kind = token.kind, .text = std::string(words.text_of(token))});
    }
    if (wildcard && !steps.empty()) steps.back().wildcard = true;
    return steps;
}

}  // namespace rasid

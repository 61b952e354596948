#include "rules/term_trie.hpp"

#include "rules/particles.hpp"

#include <algorithm>
#include <cassert>

namespace rasid {
namespace {

constexpr std::uint64_t kHashStart = 0xcbf29ce484222325;
constexpr std::uint64_t kHashStep = 0x00000100000001b3;
constexpr std::size_t kWildcardBytes = 63;

std::uint64_t mix(std::uint64_t x) {
    x ^= x >> 32;
    x *= 0xd6e8feb86659fd93;
    x ^= x >> 29;
    x *= 0xd6e8feb86659fd93;
    return x ^ (x >> 32);
}

std::uint64_t add_byte(std::uint64_t hash, char byte) { return (hash ^ static_cast<unsigned char>(byte)) * kHashStep; }

std::uint64_t hash_of(std::string_view text) {
    auto hash = kHashStart;
    for (const char byte : text) hash = add_byte(hash, byte);
    return hash;
}

/// Tags, handles and wildcards live beside words without meeting them.
std::uint64_t key_of(TokenKind kind, bool wildcard, std::uint64_t hash) {
    const auto space = kind == TokenKind::symbol ? TokenKind::word : kind;
    return mix(hash + (static_cast<std::uint64_t>(space) * 2 + (wildcard ? 1 : 0) + 1) * 0x9e3779b97f4a7c15);
}

std::uint64_t edge_key(std::uint32_t node, std::uint64_t key) {
    const auto edge = node == 0 ? key : mix(key + node * 0xff51afd7ed558ccdULL);
    return edge == 0 ? 1 : edge;
}

/// The name within a handle that carries its host: @user@host and @user.host are also @user.
std::string_view local_part(std::string_view handle) { return handle.substr(0, handle.find_first_of("@.")); }

}  // namespace

TermTrie::TermTrie() : edges_(64), nodes_(1) {}

std::uint32_t TermTrie::child(std::uint32_t node, std::uint64_t key) const {
    const auto wanted = edge_key(node, key);
    const auto mask = edges_.size() - 1;
    for (auto slot = wanted & mask;; slot = (slot + 1) & mask) {
        if (edges_[slot].key == wanted) return edges_[slot].node;
        if (edges_[slot].key == 0) return kNone;
    }
}

std::uint32_t TermTrie::child_or_new(std::uint32_t node, std::uint64_t key) {
    if (const auto known = child(node, key); known != kNone) return known;
    if ((used_ + 1) * 2 > edges_.size()) grow();
    const auto wanted = edge_key(node, key);
    const auto mask = edges_.size() - 1;
    auto slot = wanted & mask;
    while (edges_[slot].key != 0) slot = (slot + 1) & mask;
    nodes_.emplace_back();
    edges_[slot] = {wanted, static_cast<std::uint32_t>(nodes_.size() - 1)};
    ++used_;
    return edges_[slot].node;
}

void TermTrie::grow() {
    std::vector<Edge> larger(edges_.size() * 2);
    const auto mask = larger.size() - 1;
    for (const auto& edge : edges_) {
        if (edge.key == 0) continue;
        auto slot = edge.key & mask;
        while (larger[slot].key != 0) slot = (slot + 1) & mask;
        larger[slot] = edge;
    }
    edges_ = std::move(larger);
}

std::uint32_t TermTrie::add(const std::vector<TermStep>& steps, bool exact) {
    assert(!steps.empty());
    std::uint32_t node = 0;
    for (const auto& step : steps) {
        assert(!step.wildcard || step.text.size() <= kWildcardBytes);
        if (step.wildcard) {
            const auto length = std::uint64_t{1} << step.text.size();
            nodes_[node].wildcards |= length;
            wildcards_ |= length;
        }
        node = child_or_new(node, key_of(step.kind, step.wildcard, hash_of(step.text)));
    }
    longest_ = std::max(longest_, steps.size());
    auto& term = exact ? nodes_[node].exact : nodes_[node].plain;
    if (term == kNone) term = terms_++;
    return term;
}

class TermTrie::Search {
public:
    Search(const TermTrie& trie, const TokenizedText& text) : trie_(trie), text_(text), tokens_(text.tokens()) {
        keys_.reserve(tokens_.size() * 2);
        reach_.reserve(tokens_.size() + 1);
        for (const auto& token : tokens_) {
            reach_.push_back(static_cast<std::uint32_t>(keys_.size()));
            read(token);
        }
        reach_.push_back(static_cast<std::uint32_t>(keys_.size()));
    }

    std::vector<TermHit> run() {
        for (std::size_t first = 0; first < tokens_.size(); ++first) walk(0, first, first, true);
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
    /// One way to read a token.
    struct Reading {
        std::uint64_t key = 0;
        std::uint16_t stem_bytes = 0;  ///< of a wildcard; 0: the whole word
        bool bare = true;              ///< no particle was taken off
    };

    void read(const Token& token) {
        const auto text = text_.text_of(token);
        switch (token.kind) {
        case TokenKind::url:
            return;
        case TokenKind::symbol:
            return read_whole(TokenKind::word, text, true);
        case TokenKind::hashtag:
            read_word(TokenKind::hashtag, text, true);
            // A tag of one part is found through that part.
            if (token.last_position > token.position) read_word(TokenKind::word, text, true);
            return;
        case TokenKind::cashtag:
            read_word(TokenKind::cashtag, text, true);
            return read_word(TokenKind::word, text, true);
        case TokenKind::handle:
            read_word(TokenKind::handle, text, true);
            read_word(TokenKind::word, text, true);
            if (const auto local = local_part(text); local.size() < text.size()) {
                read_word(TokenKind::handle, local, true);
                read_word(TokenKind::word, local, true);
            }
            return;
        case TokenKind::word:
            break;
        }
        read_stems(text);
        if (token.elongated) read_stems(text_.doubled_of(token));
    }

    void read_stems(std::string_view text) {
        const Stems stems(text);
        for (const auto& stem : stems)
            read_word(TokenKind::word, stem.text, stem.bare, stem.preposition ? kShortStemBytes + 1 : 1);
    }

    void read_word(TokenKind kind, std::string_view text, bool bare, std::size_t shortest_wildcard = 1) {
        read_whole(kind, text, bare);
        if (trie_.wildcards_ == 0) return;
        auto hash = kHashStart;
        const auto limit = std::min(text.size(), kWildcardBytes);
        for (std::size_t size = 1; size <= limit; ++size) {
            hash = add_byte(hash, text[size - 1]);
            if (size >= shortest_wildcard && trie_.wildcards_ & (std::uint64_t{1} << size))
                keys_.push_back({key_of(kind, true, hash), static_cast<std::uint16_t>(size), bare});
        }
    }

    void read_whole(TokenKind kind, std::string_view text, bool bare) {
        keys_.push_back({key_of(kind, false, hash_of(text)), 0, bare});
    }

    void walk(std::uint32_t node, std::size_t first, std::size_t at, bool bare) {
        for (auto i = reach_[at]; i < reach_[at + 1]; ++i) {
            const auto& reading = keys_[i];
            if (reading.stem_bytes > 0 && !(trie_.nodes_[node].wildcards & (std::uint64_t{1} << reading.stem_bytes)))
                continue;
            const auto next = trie_.child(node, reading.key);
            if (next == kNone) continue;
            const bool still_bare = bare && reading.bare;
            const auto& reached = trie_.nodes_[next];
            if (reached.plain != kNone) hit(reached.plain, first, at);
            if (reached.exact != kNone && still_bare) hit(reached.exact, first, at);
            if (trie_.longest_ == 1) continue;
            // After a whole hashtag its parts are skipped; after a part comes the next token, or a hashtag and its
            // first part.
            for (auto after = at + 1;
                 after < tokens_.size() && tokens_[after].position <= tokens_[at].last_position + 1; ++after) {
                if (tokens_[after].position == tokens_[at].last_position + 1) walk(next, first, after, still_bare);
            }
        }
    }

    void hit(std::uint32_t term, std::size_t first, std::size_t last) {
        hits_.push_back(
            {term, tokens_[first].position, tokens_[last].last_position, tokens_[first].start, tokens_[last].end});
    }

    const TermTrie& trie_;
    const TokenizedText& text_;
    const std::vector<Token>& tokens_;
    std::vector<Reading> keys_;         ///< readings of every token, in order
    std::vector<std::uint32_t> reach_;  ///< where a token's readings begin
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

#pragma once

#include "rules/term_trie.hpp"

#include <vector>

namespace rasid {

/// The words that the lexicon classifier knows and what each does.
class SentimentLexicon {
public:
    enum class Effect { weigh, negate, strong, weak, turn };
    struct Entry {
        Effect effect = Effect::weigh;
        double weight = 0;  ///< of `weigh`: -4 … 4
    };

    /// The lexicon that is part of the binary.
    static const SentimentLexicon& built_in();

    std::vector<TermHit> find(const TokenizedText& words) const { return trie_.find(words); }
    const Entry& entry(std::uint32_t term) const { return entries_[term]; }
    std::size_t size() const { return entries_.size(); }

private:
    void add(std::string_view term, Entry entry);

    TermTrie trie_;
    std::vector<Entry> entries_;
};

}  // namespace rasid

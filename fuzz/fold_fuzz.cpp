#include "core/text/bidi.hpp"
#include "core/text/fold.hpp"
#include "core/text/tokens.hpp"
#include "rules/rule_set.hpp"
#include "rules/term_trie.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

bool is_boundary(std::string_view text, std::size_t at) {
    std::size_t walked = 0;
    while (walked < at && walked < text.size()) rasid::next_character(text, walked);
    return walked == at;
}

/// Whether every word of a text is found in it.
bool finds_all(const rasid::TokenizedText& words) {
    rasid::TermTrie trie;
    std::vector<std::uint32_t> terms;
    for (const auto& token : words.tokens())
        if (token.kind != rasid::TokenKind::url)
            terms.push_back(trie.add({{.kind = token.kind, .text = std::string(words.text_of(token))}}, false));
    const auto hits = trie.find(words);
    return std::all_of(terms.begin(), terms.end(), [&](std::uint32_t term) {
        return std::any_of(hits.begin(), hits.end(), [&](const rasid::TermHit& hit) { return hit.term == term; });
    });
}

}  // namespace

/// Offsets stand on characters of the original, in order and inside it; nothing crashes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), std::min<std::size_t>(size, 2048));
    std::uint32_t last = 0;
    for (const auto& character : rasid::fold_characters(text)) {
        if (character.start < last || character.start > character.end || character.end > text.size()) std::abort();
        last = character.start;
    }
    const auto words = rasid::tokenize(text);
    for (const auto& token : words.tokens()) {
        if (token.start >= token.end || !is_boundary(text, token.start) || !is_boundary(text, token.end)) std::abort();
    }
    if (words.tokens().size() < 100 && !finds_all(words)) std::abort();
    const auto cut = rasid::cut_at_character(text, text.size() / 2);
    if (cut.size() > text.size() / 2 || !text.starts_with(cut)) std::abort();
    rasid::isolate(text);
    rasid::Mention mention;
    mention.text = std::string(text);
    rasid::assess(rasid::RuleSet(), mention, {});
    return 0;
}

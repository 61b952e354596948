#include "rules/search_text.hpp"

#include "core/text/fold.hpp"
#include "core/text/tokens.hpp"
#include "rules/particles.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace rasid {
namespace {

constexpr std::size_t kMostTerms = 16;
constexpr std::size_t kMostPhraseWords = 16;
constexpr std::size_t kLeastPrefixLetters = 3;
constexpr std::size_t kArticleBytes = 4;    ///< ال
constexpr std::size_t kLeastBareBytes = 6;  ///< three Arabic letters

void add_word(std::string& list, std::string_view word) {
    if (word.empty()) return;
    if (!list.empty()) list += ' ';
    list += word;
}

/// Calls `use` with every word: `'s` is none, and a tag of one part is that part.
template <typename Use>
void each_word(const TokenizedText& text, Use use) {
    std::string_view before;
    for (const auto& token : text.tokens()) {
        const auto word = text.text_of(token);
        if (!token.possessive && !(token.in_tag && word == before)) use(token);
        before = word;
    }
}

/// Calls `use` with everything else that a word may be.
template <typename Use>
void each_reading(const TokenizedText& text, const Token& token, Use use) {
    if (const auto doubled = text.doubled_of(token); !doubled.empty()) use(doubled);
    if (token.kind != TokenKind::word && token.kind != TokenKind::hashtag) return;
    const Stems stems(text.text_of(token));
    for (const auto& stem : stems) {
        if (!stem.bare) use(stem.text);
    }
}

/// Quotation marks that begin a phrase, and what ends it.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kQuotes = {
    {{"\"", "\""}, {"«", "»"}, {"“", "”"}}};

/// Takes what was typed apart, piece by piece.
class Typed {
public:
    explicit Typed(std::string_view text) : rest_(text) {}

    struct Piece {
        std::string_view text = {};
        bool quoted = false;
        bool excluded = false;
        bool prefix = false;
    };

    bool next(Piece& piece) {
        skip_spaces();
        if (rest_.empty()) return false;
        piece = {};
        if (rest_.size() > 1 && rest_.front() == '-' && !is_space(rest_[1])) {
            piece.excluded = true;
            rest_.remove_prefix(1);
        }
        if (!take_quoted(piece)) take_plain(piece);
        return true;
    }

private:
    static bool is_space(char c) { return static_cast<unsigned char>(c) <= ' '; }

    void skip_spaces() {
        while (!rest_.empty() && is_space(rest_.front())) rest_.remove_prefix(1);
    }

    bool take_quoted(Piece& piece) {
        for (const auto& [open, close] : kQuotes) {
            if (!rest_.starts_with(open)) continue;
            rest_.remove_prefix(open.size());
            const auto end = rest_.find(close);
            piece.text = rest_.substr(0, end);
            piece.quoted = true;
            rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + close.size());
            piece.prefix = take_star();
            return true;
        }
        return false;
    }

    void take_plain(Piece& piece) {
        std::size_t end = 0;
        while (end < rest_.size() && !is_space(rest_[end]) && !quote_begins(end)) ++end;
        piece.text = rest_.substr(0, end);
        rest_.remove_prefix(end);
        while (piece.text.ends_with('*')) {
            piece.text.remove_suffix(1);
            piece.prefix = true;
        }
    }

    /// Behind a colon or the like; the inch mark of 15" belongs to its number.
    bool quote_begins(std::size_t at) const {
        return at > 0 && std::ranges::any_of(kQuotes, [&](const auto& quote) {
                   return quote.first != "\"" && rest_.substr(at).starts_with(quote.first);
               });
    }

    bool take_star() {
        const bool star = rest_.starts_with('*');
        if (star) rest_.remove_prefix(1);
        return star;
    }

    std::string_view rest_;
};

std::size_t letters_of(std::string_view word) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < word.size(); ++count) next_character(word, at);
    return count;
}

std::vector<std::string> words_of(std::string_view piece) {
    const auto text = tokenize(piece);
    std::vector<std::string> words;
    for (const auto& token : text.tokens()) {
        if (token.in_tag || token.possessive || words.size() == kMostPhraseWords) continue;
        words.emplace_back(text.text_of(token));
    }
    return words;
}

/// One reading of a folded word that any of its articles leaves.
std::string bare_reading(std::string word) {
    if (word.starts_with("ال") && word.size() >= kArticleBytes + kLeastBareBytes) word.erase(0, kArticleBytes);
    return word;
}

/// A text as its words stand, to be compared with terms.
class Said {
public:
    explicit Said(std::string_view text) : text_(tokenize(text)) {
        each_word(text_, [this](const Token& token) { tokens_.push_back(&token); });
    }

    std::size_t size() const { return tokens_.size(); }

    /// The bytes of what a term asks for, if it begins with this word.
    std::optional<TextRange> range_of(const SearchTerm& term, std::size_t at) const {
        auto last = at;
        for (std::size_t i = 0; i < term.words.size(); ++i) {
            if (i > 0) last = next_word(last);
            if (last >= tokens_.size()) return std::nullopt;
            const bool prefix = term.prefix && i + 1 == term.words.size();
            if (!says(*tokens_[last], term.words[i], prefix, term.exact)) return std::nullopt;
        }
        return TextRange{tokens_[at]->start, tokens_[last]->end};
    }

private:
    /// Behind a tag come its parts, which stand where it does.
    std::size_t next_word(std::size_t at) const {
        const bool whole =
            tokens_[at]->last_position > tokens_[at]->position || tokens_[at]->kind == TokenKind::hashtag;
        auto next = at + 1;
        while (whole && next < tokens_.size() && tokens_[next]->in_tag) ++next;
        return next;
    }

    bool says(const Token& token, std::string_view word, bool prefix, bool exact) const {
        const auto is = [&](std::string_view text) { return prefix ? text.starts_with(word) : text == word; };
        if (is(text_.text_of(token))) return true;
        bool found = false;
        if (!exact) each_reading(text_, token, [&](std::string_view reading) { found = found || is(reading); });
        return found;
    }

    TokenizedText text_;
    std::vector<const Token*> tokens_;
};

}  // namespace

SearchText search_text(std::string_view text) {
    const auto tokens = tokenize(text);
    SearchText out;
    each_word(tokens, [&](const Token& token) {
        add_word(out.words, tokens.text_of(token));
        each_reading(tokens, token, [&](std::string_view reading) { add_word(out.readings, reading); });
    });
    return out;
}

std::vector<SearchTerm> search_terms(std::string_view typed) {
    std::vector<SearchTerm> terms;
    Typed pieces(typed);
    for (Typed::Piece piece; terms.size() < kMostTerms && pieces.next(piece);) {
        SearchTerm term{.words = words_of(piece.text), .exact = piece.quoted, .excluded = piece.excluded};
        if (term.words.empty()) continue;
        term.exact = term.exact || term.words.size() > 1;
        if (!term.exact) term.words[0] = bare_reading(std::move(term.words[0]));
        term.prefix = piece.prefix && letters_of(term.words.back()) >= kLeastPrefixLetters;
        if (std::ranges::find(terms, term) == terms.end()) terms.push_back(std::move(term));
    }
    return terms;
}

std::vector<TextRange> search_hits(std::string_view text, const std::vector<SearchTerm>& terms, std::size_t most) {
    const Said said(text);
    std::vector<TextRange> hits;
    for (std::size_t at = 0; at < said.size() && hits.size() < most; ++at) {
        std::optional<TextRange> longest;
        for (const auto& term : terms) {
            if (term.excluded) continue;
            const auto range = said.range_of(term, at);
            if (range && (!longest || range->end > longest->end)) longest = range;
        }
        if (longest && (hits.empty() || longest->start >= hits.back().end)) hits.push_back(*longest);
    }
    return hits;
}

}  // namespace rasid

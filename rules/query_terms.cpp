#include "rules/query_terms.hpp"

#include "core/text/fold.hpp"
#include "core/text/tokens.hpp"

namespace rasid {
namespace {

std::size_t count_characters(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count) next_character(text, at);
    return count;
}

/// The word that a wildcard extends; the parts of a tag or camel-case word follow the whole.
const Token& last_word(const TokenizedText& words) {
    auto last = words.tokens().end() - 1;
    while (last->in_tag) --last;
    return *last;
}

/// A plural s belongs to a Latin word that is not already limited or extended in another way.
bool takes_plural(const QueryTerm& term, const TokenizedText& words) {
    if (term.exact || term.wildcard || (term.form != QueryTerm::Form::word && term.form != QueryTerm::Form::phrase))
        return false;
    const auto& last = last_word(words);
    const auto letter = words.text_of(last).back();
    return last.kind == TokenKind::word && !last.possessive && letter >= 'a' && letter <= 'z';
}

bool is_one(const TokenizedText& words, TokenKind kind) {
    std::size_t others = 0;
    for (const auto& token : words.tokens()) others += token.kind != kind && !token.in_tag;
    return others == 0 && words.tokens().front().kind == kind;
}

}  // namespace

std::string_view sign_of(QueryTerm::Form form) {
    switch (form) {
    case QueryTerm::Form::hashtag:
        return "#";
    case QueryTerm::Form::handle:
        return "@";
    case QueryTerm::Form::cashtag:
        return "$";
    default:
        return {};
    }
}

std::string signed_text(const QueryTerm& term) {
    std::string out(sign_of(term.form));
    return out += term.text;
}

std::optional<QueryProblem> wrong_term(const QueryTerm& term) {
    const auto words = tokenize(signed_text(term));
    const auto problem = [](std::string_view key) { return QueryProblem{key}; };
    if (words.tokens().empty()) return problem("query.term.nothing");
    for (const auto& token : words.tokens())
        if (token.kind == TokenKind::url) return problem("query.term.link");
    if (term.form == QueryTerm::Form::hashtag && !is_one(words, TokenKind::hashtag))
        return problem("query.term.hashtag");
    if (term.form == QueryTerm::Form::handle && !is_one(words, TokenKind::handle)) return problem("query.term.handle");
    if (term.form == QueryTerm::Form::cashtag && !is_one(words, TokenKind::cashtag))
        return problem("query.term.cashtag");
    if (term.plural && !takes_plural(term, words)) return problem("query.term.plural");
    if (!term.wildcard) return std::nullopt;
    const auto stem = words.text_of(last_word(words));
    if (stem.size() > query_limits::kWildcardStem) return problem("query.term.wildcard_long");
    if (count_characters(stem) < 2) return problem("query.term.wildcard_short");
    return std::nullopt;
}

}  // namespace rasid

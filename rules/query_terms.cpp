#include "rules/query_terms.hpp"

#include "core/text/fold.hpp"
#include "core/text/tokens.hpp"

namespace rasid {
namespace {

using Form = QueryTerm::Form;

std::size_t count_characters(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count) next_character(text, at);
    return count;
}

bool is_one(const TokenizedText& words, TokenKind kind) {
    std::size_t others = 0;
    for (const auto& token : words.tokens()) others += token.kind != kind && !token.in_tag;
    return others == 0 && words.tokens().front().kind == kind;
}

}  // namespace

std::string_view sign_of(Form form) {
    switch (form) {
    case Form::hashtag:
        return "#";
    case Form::handle:
        return "@";
    case Form::cashtag:
        return "$";
    default:
        return {};
    }
}

std::string signed_text(const QueryTerm& term) {
    std::string out(sign_of(term.form));
    return out += term.text;
}

std::optional<std::string> wrong_term(const QueryTerm& term) {
    const auto words = tokenize(signed_text(term));
    if (words.tokens().empty())
        return "nothing here can be found in a text; a word needs a letter, a digit or an emoji";
    for (const auto& token : words.tokens())
        if (token.kind == TokenKind::url) return "links are not searched as words; write url:\"…\" or domain:…";
    if (term.form == Form::hashtag && !is_one(words, TokenKind::hashtag))
        return "a hashtag is # and letters, digits or _; leave out the # to search for the text";
    if (term.form == Form::handle && !is_one(words, TokenKind::handle))
        return "a handle is @ and letters, digits or _, as in @rasid";
    if (term.form == Form::cashtag && !is_one(words, TokenKind::cashtag))
        return "a cashtag is $ and up to six letters, as in $ARMC";
    if (!term.wildcard) return std::nullopt;
    // The parts of a hashtag follow the tag itself, which is what the wildcard extends.
    const auto& last = term.form == Form::hashtag ? words.tokens().front() : words.tokens().back();
    const auto stem = words.text_of(last);
    if (stem.size() > query_limits::kWildcardStem) return "the part before * is too long; shorten it";
    if (count_characters(stem) < 2) return "a wildcard needs at least two letters before *";
    return std::nullopt;
}

}  // namespace rasid

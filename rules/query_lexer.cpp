#include "rules/query_lexer.hpp"

#include "core/text/fold.hpp"
#include "rules/query_fields.hpp"
#include "rules/query_terms.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace rasid {
namespace {

constexpr std::string_view kSpaces = " \t\r\n";
constexpr std::array<std::pair<std::string_view, QueryLexeme::Kind>, 3> kOperators = {
    {{"AND", QueryLexeme::Kind::conjunction},
     {"OR", QueryLexeme::Kind::disjunction},
     {"NOT", QueryLexeme::Kind::negation}}};

bool is_space(char c) { return kSpaces.find(c) != std::string_view::npos; }

/// Pieces that writers of other search languages type by habit, and what is written here.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kHabits = {
    {{"&&", "AND"}, {"&", "AND"}, {"||", "OR"}, {"|", "OR"}, {"!", "NOT"}}};

class Lexer {
public:
    explicit Lexer(std::string_view query) : query_(query) {}

    std::variant<std::vector<QueryLexeme>, QueryError> run() {
        for (;;) {
            while (at_ < query_.size() && is_space(query_[at_])) ++at_;
            if (at_ >= query_.size()) break;
            lex_one();
            if (error_) return *error_;
        }
        out_.push_back({.kind = QueryLexeme::Kind::end, .offset = static_cast<std::uint32_t>(query_.size())});
        return std::move(out_);
    }

private:
    void lex_one() {
        const auto start = at_;
        switch (query_[at_]) {
        case '(':
            ++at_;
            return push(QueryLexeme::Kind::open, start);
        case ')':
            ++at_;
            return push(QueryLexeme::Kind::close, start);
        case '-':
            ++at_;
            if (at_ >= query_.size() || is_space(query_[at_]) || query_[at_] == ')')
                return fail(start, {"query.minus_alone"});
            return push(QueryLexeme::Kind::negation, start);
        case '/':
            return lex_regex();
        case '"':
            return lex_phrase(start, false);
        case '=':
            ++at_;
            if (at_ < query_.size() && query_[at_] == '"') return lex_phrase(start, true);
            return lex_word(start, true);
        default:
            return lex_word(start, false);
        }
    }

    void lex_regex() {
        const auto start = at_++;
        std::string pattern;
        bool in_class = false;
        for (; at_ < query_.size(); ++at_) {
            const char c = query_[at_];
            if (c == '/' && !in_class) break;
            if (c == '[') in_class = true;
            if (c == ']') in_class = false;
            pattern += c;
            if (c == '\\' && at_ + 1 < query_.size()) pattern += query_[++at_];
        }
        if (at_ >= query_.size()) return fail(start, {"query.pattern.open"});
        ++at_;
        if (pattern.empty()) return fail(start, {"query.pattern.empty"});
        if (pattern.size() > query_limits::kPattern)
            return fail(start, {"query.pattern.long", {{"most", std::to_string(query_limits::kPattern)}}});
        QueryNode node{.kind = QueryNode::Kind::regex};
        node.pattern = std::move(pattern);
        push_leaf(std::move(node), start);
    }

    /// Reads "…" with \" and \\ as the only escapes; nullopt when it has no end.
    std::optional<std::string> quoted() {
        const auto start = at_++;
        std::string text;
        for (; at_ < query_.size() && query_[at_] != '"'; ++at_) {
            if (query_[at_] == '\\' && at_ + 1 < query_.size() && (query_[at_ + 1] == '"' || query_[at_ + 1] == '\\'))
                ++at_;
            text += query_[at_];
        }
        if (at_ >= query_.size()) {
            fail(start, {"query.quote_open"});
            return std::nullopt;
        }
        ++at_;
        return text;
    }

    void lex_phrase(std::size_t start, bool exact) {
        auto text = quoted();
        if (!text) return;
        QueryNode node;
        node.term = {.form = QueryTerm::Form::phrase, .text = std::move(*text), .exact = exact};
        if (at_ < query_.size() && query_[at_] == '*') {
            ++at_;
            node.term.wildcard = true;
        }
        if (at_ < query_.size() && query_[at_] == '~') {
            const auto tilde = at_++;
            node.term.plural = at_ < query_.size() && query_[at_] == 's';
            const auto distance = node.term.plural ? std::nullopt : lex_distance();
            if (node.term.plural)
                ++at_;
            else if (!distance)
                return fail(tilde, {"query.distance", {{"most", std::to_string(query_limits::kDistance)}}});
            else if (node.term.wildcard)
                return fail(tilde, {"query.wildcard_and_distance"});
            else
                node.term.distance = *distance;
        }
        push_term(std::move(node), start);
    }

    void push_term(QueryNode node, std::size_t start) {
        if (auto wrong = wrong_term(node.term)) return fail(start, std::move(*wrong));
        push_leaf(std::move(node), start);
    }

    std::optional<int> lex_distance() {
        int distance = 0;
        const auto* begin = query_.data() + at_;
        const auto [end, error] = std::from_chars(begin, query_.data() + query_.size(), distance);
        if (error != std::errc() || distance < 0 || distance > query_limits::kDistance) return std::nullopt;
        at_ += static_cast<std::size_t>(end - begin);
        return distance;
    }

    void lex_word(std::size_t start, bool exact) {
        const auto begin = at_;
        while (at_ < query_.size() && !is_space(query_[at_]) &&
               std::string_view("()\"").find(query_[at_]) == std::string_view::npos) {
            // A field's list may hold quoted values, so the colon ends the word.
            if (!exact && (query_[at_] == ':' || query_[at_] == '>' || query_[at_] == '<') && at_ > begin) {
                const auto name = query_.substr(begin, at_ - begin);
                if (query_[at_] == ':' ? is_field_like(name) : parse_field_name(name).has_value())
                    return lex_field(start, name);
            }
            ++at_;
        }
        const auto word = query_.substr(begin, at_ - begin);
        if (word.empty()) return fail(start, {"query.equals_alone"});
        for (const auto quote : kForeignQuotes)
            if (word.starts_with(quote) || word.ends_with(quote))
                return fail(start, {"query.foreign_quote", {{"written", std::string(quote)}}});
        if (!exact) {
            for (const auto& [text, kind] : kOperators)
                if (word == text) return push(kind, start);
            if (word == "NEAR" || word.starts_with("NEAR/")) return lex_near(start, word);
            for (const auto& [written, right] : kHabits)
                if (word == written)
                    return fail(start,
                                {"query.habit", {{"written", std::string(written)}, {"right", std::string(right)}}});
        }
        lex_term(start, word, exact);
    }

    static bool is_field_like(std::string_view name) {
        return std::all_of(name.begin(), name.end(),
                           [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; });
    }

    void lex_near(std::size_t start, std::string_view word) {
        int distance = 0;
        const auto digits = word.size() > 5 ? word.substr(5) : std::string_view();
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), distance);
        if (digits.empty() || error != std::errc() || end != digits.data() + digits.size() || distance < 0 ||
            distance > query_limits::kDistance)
            return fail(start, {"query.near.distance", {{"most", std::to_string(query_limits::kDistance)}}});
        QueryLexeme lexeme{.kind = QueryLexeme::Kind::near, .offset = static_cast<std::uint32_t>(start)};
        lexeme.distance = distance;
        out_.push_back(std::move(lexeme));
    }

    void lex_term(std::size_t start, std::string_view word, bool exact) {
        QueryNode node;
        node.term.exact = exact;
        if (word.ends_with("~s")) {
            word.remove_suffix(2);
            node.term.plural = true;
        }
        if (const auto tilde = word.rfind('~');
            tilde != std::string_view::npos && tilde + 1 < word.size() &&
            word.find_first_not_of("0123456789", tilde + 1) == std::string_view::npos)
            return fail(start + (exact ? 1 : 0) + tilde, {"query.distance_without_quotes"});
        if (word.ends_with('*')) {
            word.remove_suffix(1);
            node.term.wildcard = true;
        }
        if (word.find('*') != std::string_view::npos) return fail(start, {"query.wildcard_inside"});
        if (word.size() > 1 && word[0] == '#') node.term.form = QueryTerm::Form::hashtag;
        if (word.size() > 1 && word[0] == '@') node.term.form = QueryTerm::Form::handle;
        if (word.size() > 1 && word[0] == '$') node.term.form = QueryTerm::Form::cashtag;
        if (node.term.form != QueryTerm::Form::word) word.remove_prefix(1);
        node.term.text = std::string(word);
        push_term(std::move(node), start);
    }

    void lex_field(std::size_t start, std::string_view word) {
        const auto name = parse_field_name(word);
        if (!name) return fail(start, unknown_field(word));
        QueryNode node{.kind = QueryNode::Kind::field};
        node.field.name = *name;
        if (is_numeric(*name)) {
            lex_number(node.field, start);
        } else if (query_[at_] != ':') {
            return fail(start, {"query.field.list", {{"field", std::string(word)}}});
        } else {
            ++at_;
            lex_values(node.field, start);
        }
        if (error_) return;
        if (auto wrong = wrong_field_value(node.field)) return fail(start, std::move(*wrong));
        push_leaf(std::move(node), start);
    }

    void lex_number(QueryField& field, std::size_t start) {
        using Comparison = QueryField::Comparison;
        const std::string name(to_string(field.name));
        const char sign = query_[at_++];
        const bool or_equal = at_ < query_.size() && query_[at_] == '=';
        if (sign == ':' && at_ < query_.size() && (query_[at_] == '>' || query_[at_] == '<'))
            return fail(start, {"query.field.colon", {{"right", name + query_[at_]}}});
        if (or_equal) ++at_;
        if (sign == ':') field.comparison = Comparison::equal;
        if (sign == '>') field.comparison = or_equal ? Comparison::at_least : Comparison::greater;
        if (sign == '<') field.comparison = or_equal ? Comparison::at_most : Comparison::less;
        const auto begin = at_;
        while (at_ < query_.size() && !is_space(query_[at_]) && query_[at_] != ')') ++at_;
        const auto text = query_.substr(begin, at_ - begin);
        const auto number = parse_field_number(text);
        if (!number) return fail(start, {"query.field.number", {{"field", name}, {"value", std::string(text)}}});
        field.number = *number;
    }

    void lex_values(QueryField& field, std::size_t start) {
        for (;;) {
            std::string value;
            const bool quoted_value = at_ < query_.size() && query_[at_] == '"';
            if (quoted_value) {
                auto text = quoted();
                if (!text) return;
                value = std::move(*text);
            } else {
                const auto begin = at_;
                while (at_ < query_.size() && !is_space(query_[at_]) &&
                       std::string_view("(),\"").find(query_[at_]) == std::string_view::npos)
                    ++at_;
                value = std::string(query_.substr(begin, at_ - begin));
            }
            if (fold_text(value).empty())
                return fail(start, {"query.field.no_value", {{"field", std::string(to_string(field.name))}}});
            if (!quoted_value && value.find("،") != std::string::npos)
                return fail(at_ - value.size() + value.find("،"), {"query.field.arabic_comma"});
            field.values.push_back(std::move(value));
            if (at_ >= query_.size() || query_[at_] != ',') return;
            ++at_;
        }
    }

    void push(QueryLexeme::Kind kind, std::size_t start) {
        out_.push_back({.kind = kind, .offset = static_cast<std::uint32_t>(start)});
    }

    void push_leaf(QueryNode node, std::size_t start) {
        if (error_) return;
        node.offset = static_cast<std::uint32_t>(start);
        QueryLexeme lexeme{.kind = QueryLexeme::Kind::leaf, .offset = node.offset};
        lexeme.leaf = std::move(node);
        out_.push_back(std::move(lexeme));
    }

    void fail(std::size_t offset, QueryProblem problem) {
        if (!error_) error_ = query_error_at(query_, offset, std::move(problem));
    }

    std::string_view query_;
    std::size_t at_ = 0;
    std::vector<QueryLexeme> out_;
    std::optional<QueryError> error_;
};

}  // namespace

std::variant<std::vector<QueryLexeme>, QueryError> lex_query(std::string_view query) { return Lexer(query).run(); }

}  // namespace rasid

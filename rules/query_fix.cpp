#include "rules/query_fix.hpp"

#include "core/text/fold.hpp"
#include "rules/query_lexer.hpp"

#include <algorithm>
#include <utility>

namespace rasid {
namespace {

/// The byte at which a line and column, in characters from 1, begins; the query's end when it is shorter.
std::size_t byte_of(std::string_view query, const QueryError& error) {
    std::size_t at = 0;
    for (int line = 1, column = 1;
         at < query.size() && std::pair(line, column) < std::pair(error.line, error.column);) {
        const bool line_end = query[at] == '\n';
        next_character(query, at);
        line += line_end;
        column = line_end ? 1 : column + 1;
    }
    return at;
}

std::string argument(const QueryProblem& problem, std::string_view name) {
    for (const auto& [known, value] : problem.arguments)
        if (known == name) return value;
    return {};
}

QueryFix replaced(std::string_view query, std::size_t from, std::size_t size, std::string with) {
    auto fixed = std::string(query.substr(0, from)) + with + std::string(query.substr(from + size));
    return {std::string(query.substr(from, size)), std::move(with), std::move(fixed)};
}

/// The first place of a text at or behind the error.
std::optional<QueryFix> replaced_word(std::string_view query, std::size_t from, const std::string& word,
                                      std::string with) {
    const auto at = word.empty() ? std::string_view::npos : query.find(word, from);
    if (at == std::string_view::npos) return std::nullopt;
    return replaced(query, at, word.size(), std::move(with));
}

/// What the query lacks at its end, as often as it takes.
QueryFix closed(std::string_view query, const QueryError& error, const std::string& sign) {
    auto fix = replaced(query, query.size(), 0, sign);
    for (int tries = 1; tries < query_limits::kDepth; ++tries) {
        const auto parsed = parse_query(fix.query);
        const auto* left = std::get_if<QueryError>(&parsed);
        if (!left || left->problem.key != error.problem.key) break;
        fix.with += sign;
        fix.query += sign;
    }
    return fix;
}

/// Quotation marks of other keyboards, all of them at once: they come in pairs.
QueryFix plain_quotes(std::string_view query, const std::string& written) {
    std::string fixed;
    for (std::size_t at = 0; at < query.size();) {
        const auto from = at;
        next_character(query, at);
        const auto character = query.substr(from, at - from);
        const bool quote = std::find(kForeignQuotes.begin(), kForeignQuotes.end(), character) != kForeignQuotes.end();
        fixed += quote ? std::string_view("\"") : character;
    }
    return {written, "\"", std::move(fixed)};
}

/// An operator at the end joins nothing: it goes, with the space before it.
std::optional<QueryFix> without_last_word(std::string_view query) {
    const auto end = query.find_last_not_of(" \t\r\n");
    if (end == std::string_view::npos) return std::nullopt;
    const auto before = query.find_last_of(" \t\r\n", end);
    if (before == std::string_view::npos) return std::nullopt;
    const auto from = query.find_last_not_of(" \t\r\n", before);
    if (from == std::string_view::npos) return std::nullopt;
    return QueryFix{std::string(query.substr(before + 1, end - before)), "", std::string(query.substr(0, from + 1))};
}

std::optional<QueryFix> without_spaces(std::string_view query, std::size_t behind) {
    const auto next = query.find_first_not_of(" \t\r\n", behind);
    if (next == std::string_view::npos || next == behind) return std::nullopt;
    return replaced(query, behind, next - behind, "");
}

std::optional<QueryFix> proposal(std::string_view query, const QueryError& error) {
    const auto& problem = error.problem;
    const auto at = byte_of(query, error);
    if (problem.key == "query.field.unknown_near")
        return replaced_word(query, at, argument(problem, "field"), argument(problem, "nearest"));
    if (problem.key == "query.field.value_near")
        return replaced_word(query, at, argument(problem, "value"), argument(problem, "nearest"));
    if (problem.key == "query.habit")
        return replaced_word(query, at, argument(problem, "written"), argument(problem, "right"));
    if (problem.key == "query.field.colon")
        return replaced_word(query, at, argument(problem, "right").insert(argument(problem, "right").size() - 1, ":"),
                             argument(problem, "right"));
    if (problem.key == "query.field.arabic_comma") return replaced_word(query, at, "،", ",");
    if (problem.key == "query.foreign_quote") return plain_quotes(query, argument(problem, "written"));
    if (problem.key == "query.open_unclosed") return closed(query, error, ")");
    if (problem.key == "query.quote_open") return closed(query, error, "\"");
    if (problem.key == "query.pattern.open") return closed(query, error, "/");
    if (problem.key == "query.close_unopened") return replaced(query, at, 1, "");
    if (problem.key == "query.ends_early") return without_last_word(query);
    if (problem.key == "query.minus_alone") return without_spaces(query, at + 1);
    return std::nullopt;
}

}  // namespace

std::optional<QueryFix> likely_fix(std::string_view query, const QueryError& error) {
    auto fix = proposal(query, error);
    if (!fix || fix->query == query) return std::nullopt;
    const auto parsed = parse_query(fix->query);
    const auto* left = std::get_if<QueryError>(&parsed);
    if (!left) return fix;
    const bool behind = std::pair(left->line, left->column) > std::pair(error.line, error.column);
    return behind || left->problem.key != error.problem.key ? fix : std::nullopt;
}

}  // namespace rasid

#pragma once

#include "rules/query.hpp"

#include <array>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace rasid {

/// A piece of a query's text.
struct QueryLexeme {
    enum class Kind { open, close, conjunction, disjunction, negation, near, leaf, end };
    Kind kind = Kind::end;
    std::uint32_t offset = 0;
    int distance = 0;     ///< of near
    QueryNode leaf = {};  ///< of leaf: a term, field or regex
};

/// Quotation marks of other keyboards; they quote nothing here.
inline constexpr std::array<std::string_view, 6> kForeignQuotes = {"“", "”", "„", "«", "»", "″"};

/// Cuts a query into its pieces; the last one is `end`.
std::variant<std::vector<QueryLexeme>, QueryError> lex_query(std::string_view query);

}  // namespace rasid

#pragma once

#include "rules/query.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace rasid {

std::vector<QueryField::Name> field_names();

/// The words that a field takes, where only certain ones have a meaning; else none.
std::vector<std::string> field_words(QueryField::Name name);

std::optional<QueryField::Name> parse_field_name(std::string_view word);

/// That nothing is called `word`, and the nearest that is.
QueryProblem unknown_field(std::string_view word);

/// Whether a field compares with < and > instead of a list of values.
bool is_numeric(QueryField::Name name);

/// Checks the values of a field where only certain words have a meaning; names the right ones.
std::optional<QueryProblem> wrong_field_value(const QueryField& field);

/// "1000", "2.5", "10k", "1m", in the digits of any script.
std::optional<double> parse_field_number(std::string_view text);

std::string print_field(const QueryField& field);

}  // namespace rasid

#pragma once

#include "rules/query.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace rasid {

/// "#", "@", "$" or nothing.
std::string_view sign_of(QueryTerm::Form form);

/// The term's text with its sign, as it would stand in a post.
std::string signed_text(const QueryTerm& term);

/// What is wrong with a term that can never be found; nullopt for a good one.
std::optional<QueryProblem> wrong_term(const QueryTerm& term);

}  // namespace rasid

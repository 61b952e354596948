#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// The candidate that `word` is a likely misspelling of; empty: none.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

/// ", did you mean `…`?" when one of the candidates is close to `word`; else empty.
std::string suggestion(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace rasid

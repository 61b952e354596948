#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// A TOML string: literal where that is the readable form (queries are full of double quotes), else basic.
std::string toml_quoted(std::string_view text);
std::string toml_quoted_list(const std::vector<std::string>& list);

/// The shortest text that reads back as the same number.
std::string toml_number(double number);

}  // namespace rasid

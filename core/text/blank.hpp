#pragma once

#include <string_view>

namespace rasid {

/// Nothing but white space, or nothing.
inline bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

}  // namespace rasid

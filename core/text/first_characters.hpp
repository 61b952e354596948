#pragma once

#include <cstddef>
#include <string_view>

namespace rasid {

/// The first characters of a text, never half a character.
std::string_view first_characters(std::string_view text, std::size_t count);

}  // namespace rasid

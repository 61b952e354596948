#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rasid {

/// What is kept of a text to recognise its copies: sixteen 16-bit minima over its word pairs. Two texts have as large a
/// share of equal minima as they have of common word pairs.
struct TextSketch {
    static constexpr std::size_t kLanes = 16;

    std::array<std::uint16_t, kLanes> lanes = {};
    std::uint16_t pairs = 0;  ///< different word pairs; 0: there is too little text to compare
    bool whole_only = false;  ///< so short that only the same words in the same order are a copy

    bool empty() const { return pairs == 0; }
    bool operator==(const TextSketch&) const = default;
};

/// As hexadecimal digits; empty for an empty sketch.
std::string to_string(const TextSketch& sketch);
/// nullopt for what `to_string` does not write.
std::optional<TextSketch> parse_text_sketch(std::string_view text);

}  // namespace rasid

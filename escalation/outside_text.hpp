#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

// Strangers' text made fit for a mail. Results are valid UTF-8 without control characters; they are not HTML-escaped.

/// What a mail shows of a name: of a person, a rule, a queue, a brand.
inline constexpr std::size_t kMailNameBytes = 120;

/// One line, blanks run together, at most `max_bytes`, "…" where it was cut; isolated from the direction of its
/// surroundings.
std::string one_line(std::string_view text, std::size_t max_bytes);

/// The same without isolates: for headers, where the invisible characters would only force an encoding.
std::string plain_line(std::string_view text, std::size_t max_bytes);

/// The lines of a text, each isolated, its links broken by zero-width spaces so that no mail program makes them live.
/// Cut at `max_bytes` and at 60 lines.
struct Quoted {
    std::vector<std::string> lines = {};
    bool cut = false;
    bool right_to_left = false;  ///< by the first strong character
};
Quoted quote(std::string_view text, std::size_t max_bytes);

/// A time, an id or an address that reads from left to right inside any line.
std::string left_to_right(std::string_view text);

}  // namespace rasid

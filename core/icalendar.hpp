#pragma once

#include "core/customer.hpp"

#include <string>
#include <string_view>
#include <vector>

/// The line syntax of iCalendar (RFC 5545), written and read.
namespace rasid::icalendar {

/// Appends one content line: CRLF, folded at 75 bytes between characters.
void write_line(std::string& out, std::string_view content);

/// For values of the type TEXT: escaped, without control characters.
std::string text(std::string_view words);

/// For values that are no text (URIs, UIDs): nothing that would end the line.
std::string printable(std::string_view words);

/// "20261122" and "20261122T040000Z".
std::string basic(Date date);
std::string basic(Instant at);

struct Line {
    std::string name = {};        ///< upper case
    std::string parameters = {};  ///< upper case: "VALUE=DATE;TZID=…"; empty: none
    std::string value = {};

    bool operator==(const Line&) const = default;
};

/// Unfolds a hostile text. Lines that are no property or longer than 4 KiB are left out; reading ends with the
/// `most`th.
std::vector<Line> read_lines(std::string_view text, std::size_t most);

}  // namespace rasid::icalendar

#include "escalation/outside_text.hpp"

#include "core/text/bidi.hpp"
#include "core/text/fold.hpp"

#include <unicode/uchar.h>

#include <cctype>

namespace rasid {
namespace {

constexpr std::size_t kQuotedLines = 60;
constexpr std::string_view kZeroWidthSpace = "\u200B";

bool is_control(char32_t code) {
    const auto type = u_charType(static_cast<UChar32>(code));
    return type == U_CONTROL_CHAR || code == 0x2028 || code == 0x2029;
}

bool is_direction_mark(char32_t code) {
    return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

/// Valid UTF-8; line ends kept, every other control character a space, embeddings and isolates dropped.
std::string cleaned(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto code = next_character(text, at);
        if (is_direction_mark(code)) continue;
        if (code == U'\n')
            result += '\n';
        else if (is_control(code))
            result += ' ';
        else
            append_utf8(result, code);
    }
    return result;
}

std::string with_single_blanks(std::string_view text) {
    std::string result;
    for (const char byte : text) {
        const bool blank = byte == ' ' || byte == '\n';
        if (!blank)
            result += byte;
        else if (!result.empty() && result.back() != ' ')
            result += ' ';
    }
    if (!result.empty() && result.back() == ' ') result.pop_back();
    return result;
}

bool alphanumeric(char byte) { return std::isalnum(static_cast<unsigned char>(byte)) != 0 || (byte & 0x80) != 0; }
bool digit(char byte) { return byte >= '0' && byte <= '9'; }

/// Breaks what mail programs recognise as an address: after "://" and around a dot or @ between letters.
std::string without_live_links(std::string_view line) {
    std::string result;
    for (std::size_t i = 0; i < line.size(); ++i) {
        result += line[i];
        if (line.substr(i, 3) == "://") result += kZeroWidthSpace;
        if ((line[i] != '.' && line[i] != '@') || i == 0 || i + 1 == line.size()) continue;
        const char before = line[i - 1];
        const char after = line[i + 1];
        if (alphanumeric(before) && alphanumeric(after) && !(digit(before) && digit(after))) result += kZeroWidthSpace;
    }
    return result;
}

bool starts_right_to_left(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto direction = u_charDirection(static_cast<UChar32>(next_character(text, at)));
        if (direction == U_LEFT_TO_RIGHT) return false;
        if (direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC) return true;
    }
    return false;
}

}  // namespace

std::string plain_line(std::string_view text, std::size_t max_bytes) {
    // Cleaning makes a text at most three times as long, so cutting twice bounds the work as well.
    auto line = with_single_blanks(cleaned(cut_at_character(text, max_bytes * 4)));
    if (line.size() <= max_bytes) return line;
    return std::string(cut_at_character(line, max_bytes)) + "…";
}

std::string one_line(std::string_view text, std::size_t max_bytes) { return isolate(plain_line(text, max_bytes)); }

Quoted quote(std::string_view text, std::size_t max_bytes) {
    Quoted quoted;
    const auto whole = cleaned(text);
    std::string_view rest = cut_at_character(whole, max_bytes);
    quoted.cut = rest.size() < whole.size();
    quoted.right_to_left = starts_right_to_left(rest);
    while (!rest.empty()) {
        if (quoted.lines.size() == kQuotedLines) {
            quoted.cut = true;
            break;
        }
        const auto end = rest.find('\n');
        quoted.lines.push_back(isolate(without_live_links(rest.substr(0, end))));
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    }
    return quoted;
}

std::string left_to_right(std::string_view text) { return "\u2066" + std::string(text) + "\u2069"; }

}  // namespace rasid

#include "core/text/bidi.hpp"

#include "core/text/fold.hpp"

#include <unicode/uchar.h>

namespace rasid {
namespace {

bool is_bidi_control(char32_t code) { return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069); }

// Marks, variation selectors, joiners and skin tones change the character before them.
bool extends_previous(char32_t code) {
    return u_hasBinaryProperty(static_cast<UChar32>(code), UCHAR_GRAPHEME_EXTEND) != 0 || code == 0x200D ||
           (code >= 0x1F3FB && code <= 0x1F3FF);
}

// A stack of marks longer than this is decoration, not a character that would be broken.
constexpr std::size_t kLongestCharacter = 64;

/// Where the character that byte `at` belongs to begins; `at` itself where the bytes are no UTF-8.
std::size_t character_start(std::string_view text, std::size_t at) {
    for (std::size_t back = 1; back <= 3 && back <= at; ++back) {
        auto end = at - back;
        if ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) continue;
        next_character(text, end);
        return end > at ? at - back : at;
    }
    return at;
}

}  // namespace

std::string isolate(std::string_view text) {
    std::string out = "\u2068";
    out.reserve(text.size() + 6);
    for (std::size_t at = 0; at < text.size();) {
        const auto start = at;
        const auto code = next_character(text, at);
        if (!is_bidi_control(code)) out.append(text.substr(start, at - start));
    }
    out += "\u2069";
    return out;
}

std::string_view cut_at_character(std::string_view text, std::size_t max_bytes) {
    if (text.size() <= max_bytes) return text;
    const auto plain = character_start(text, max_bytes);
    auto end = plain;
    while (end > 0 && plain - end < kLongestCharacter) {
        auto at = end;
        if (!extends_previous(next_character(text, at))) return text.substr(0, end);
        end = character_start(text, end - 1);
    }
    return text.substr(0, plain);
}

}  // namespace rasid

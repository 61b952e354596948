#include "connectors/word_filter.hpp"

#include <unicode/uchar.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <set>
#include <string_view>

namespace rasid {
namespace {

void append_escape(std::string& out, std::uint16_t unit) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) out += kDigits[(unit >> shift) & 15];
}

std::string utf8_of(UChar32 point) {
    std::array<std::uint8_t, 4> bytes{};
    std::int32_t length = 0;
    U8_APPEND_UNSAFE(bytes.data(), length, point);
    return {bytes.begin(), bytes.begin() + length};
}

std::string escape_of(UChar32 point) {
    std::string out;
    if (point > 0xFFFF) {
        append_escape(out, U16_LEAD(point));
        append_escape(out, U16_TRAIL(point));
    } else {
        append_escape(out, static_cast<std::uint16_t>(point));
    }
    return out;
}

/// Characters that stand for the same letter.
std::set<UChar32> letters_like(UChar32 point) {
    static const std::vector<std::vector<UChar32>> kSame = {
        {0x0627, 0x0622, 0x0623, 0x0625, 0x0671},  // alef
        {0x0647, 0x0629, 0x06C1},                  // heh, teh marbuta
        {0x064A, 0x0649, 0x06CC, 0x0626},          // yeh
        {0x0643, 0x06A9},                          // kaf
        {0x0648, 0x0624},                          // waw
    };
    std::set<UChar32> letters = {point, u_tolower(point), u_toupper(point), u_totitle(point),
                                 u_foldCase(point, U_FOLD_CASE_DEFAULT)};
    for (const auto& same : kSame)
        if (std::find(same.begin(), same.end(), point) != same.end()) letters.insert(same.begin(), same.end());
    return letters;
}

bool passed_over(UChar32 point) { return (point >= 0x064B && point <= 0x0652) || point == 0x0640 || point == 0x0670; }

/// Hexadecimal digits of an escape may be in either case, so ASCII compares without it.
bool starts_with(std::string_view bytes, std::string_view spelling) {
    return bytes.size() >= spelling.size() &&
           std::equal(spelling.begin(), spelling.end(), bytes.begin(), [](unsigned char a, unsigned char b) {
               return a == b || (a < 0x80 && b < 0x80 && std::tolower(a) == std::tolower(b));
           });
}

std::size_t length_passed_over(std::string_view bytes) {
    static const std::vector<std::string> kMarks = [] {
        std::vector<std::string> marks;
        for (UChar32 point = 0x0640; point <= 0x0670; ++point) {
            if (!passed_over(point)) continue;
            marks.push_back(utf8_of(point));
            marks.push_back(escape_of(point));
        }
        return marks;
    }();
    if (bytes.empty() || (bytes.front() != '\\' && (static_cast<unsigned char>(bytes.front()) & 0xFEu) != 0xD8u))
        return 0;
    for (const auto& mark : kMarks)
        if (starts_with(bytes, mark)) return mark.size();
    return 0;
}

}  // namespace

WordFilter::WordFilter(const std::vector<std::string>& words) {
    for (const auto& word : words) {
        std::vector<Spellings> pattern;
        const auto* data = reinterpret_cast<const std::uint8_t*>(word.data());
        const auto length = static_cast<std::int64_t>(word.size());
        for (std::int64_t at = 0; at < length;) {
            UChar32 point = 0;
            U8_NEXT(data, at, length, point);
            if (point < 0 || passed_over(point)) continue;
            Spellings spellings;
            for (auto letter : letters_like(point)) {
                spellings.push_back(utf8_of(letter));
                spellings.push_back(escape_of(letter));
            }
            if (point == '"' || point == '\\' || point == '/')
                spellings.push_back(std::string("\\") + static_cast<char>(point));
            pattern.push_back(std::move(spellings));
        }
        if (pattern.empty()) continue;
        for (const auto& spelling : pattern.front()) {
            const auto first = static_cast<unsigned char>(spelling.front());
            first_[first] = true;
            if (first < 0x80) {
                first_[static_cast<unsigned char>(std::tolower(first))] = true;
                first_[static_cast<unsigned char>(std::toupper(first))] = true;
            }
        }
        words_.push_back(std::move(pattern));
    }
}

bool WordFilter::matches(std::string_view bytes) const {
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        if (!first_[static_cast<unsigned char>(bytes[at])]) continue;
        for (const auto& word : words_)
            if (matches_at(word, bytes.substr(at))) return true;
    }
    return false;
}

bool WordFilter::matches_at(const std::vector<Spellings>& word, std::string_view bytes) const {
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (i > 0)
            while (auto marks = length_passed_over(bytes)) bytes.remove_prefix(marks);
        auto found = std::find_if(word[i].begin(), word[i].end(),
                                  [bytes](const std::string& spelling) { return starts_with(bytes, spelling); });
        if (found == word[i].end()) return false;
        bytes.remove_prefix(found->size());
    }
    return true;
}

}  // namespace rasid

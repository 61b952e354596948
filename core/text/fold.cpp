#include "core/text/fold.hpp"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf8.h>

#include <array>
#include <cassert>
#include <limits>

namespace rasid {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr char32_t kDroppedMark = 0xFFFFFFFF;    // belongs to the character before it
constexpr char32_t kDroppedFormat = 0xFFFFFFFE;  // belongs to nobody

constexpr bool within(char32_t code, char32_t first, char32_t last) { return code >= first && code <= last; }

constexpr char32_t fold_arabic(char32_t code) {
    if (within(code, 0x064B, 0x065F) || within(code, 0x0610, 0x061A) || code == 0x0670 || code == 0x0640)
        return kDroppedMark;
    if (within(code, 0x06D6, 0x06DC) || within(code, 0x06DF, 0x06E4) || code == 0x06E7 || code == 0x06E8)
        return kDroppedMark;
    if (within(code, 0x06EA, 0x06ED)) return kDroppedMark;
    if (within(code, 0x0600, 0x0605) || code == 0x061C || code == 0x06DD) return kDroppedFormat;
    if (within(code, 0x0660, 0x0669)) return U'0' + (code - 0x0660);
    if (within(code, 0x06F0, 0x06F9)) return U'0' + (code - 0x06F0);
    switch (code) {
    case 0x0622:
    case 0x0623:
    case 0x0625:
    case 0x0671:
    case 0x0672:
    case 0x0673:
        return 0x0627;
    case 0x0624:
        return 0x0648;
    case 0x0626:
    case 0x0649:
    case 0x06CC:
    case 0x06D2:
        return 0x064A;
    case 0x0629:
    case 0x06BE:
    case 0x06C0:
    case 0x06C1:
    case 0x06C2:
    case 0x06C3:
    case 0x06D5:
        return 0x0647;
    case 0x06A9:
    case 0x06AA:
        return 0x0643;
    default:
        return code;
    }
}

constexpr auto kArabic = [] {
    std::array<char32_t, 256> table{};
    for (char32_t i = 0; i < 256; ++i) table[i] = fold_arabic(0x0600 + i);
    return table;
}();

bool is_format(char32_t code) {
    return within(code, 0x200B, 0x200F) || within(code, 0x202A, 0x202E) || within(code, 0x2060, 0x206F) ||
           code == 0xFEFF || code == 0x00AD || code == 0x180E;
}

bool is_dropped_mark(char32_t code) {
    return within(code, 0xFE00, 0xFE0F) || within(code, 0x1F3FB, 0x1F3FF) || within(code, 0xE0000, 0xE01EF) ||
           code == 0x20E3;
}

bool is_combining(char32_t code) {
    return within(code, 0x0300, 0x036F) || within(code, 0x1AB0, 0x1AFF) || within(code, 0x1DC0, 0x1DFF) ||
           within(code, 0x20D0, 0x20F0) || within(code, 0x08D3, 0x08FF);
}

bool is_presentation_form(char32_t code) {
    return within(code, 0xFB00, 0xFDFF) || within(code, 0xFE70, 0xFEFC) || within(code, 0xFF01, 0xFFEF) ||
           within(code, 0x24B6, 0x24E9) || within(code, 0x1D400, 0x1D7FF) || within(code, 0x1EE00, 0x1EEFF);
}

bool is_letter(char32_t code) {
    if (code < 0x80) return within(code, U'a', U'z');
    return u_isalpha(static_cast<UChar32>(code)) != 0;
}

class Folder {
public:
    explicit Folder(std::size_t size) { out_.reserve(size / 2 + 8); }

    void take(char32_t code, std::uint32_t start, std::uint32_t end) {
        if (code < 0x80) {
            const bool upper = within(code, U'A', U'Z');
            push(upper ? code + 32 : code, start, end, upper);
        } else if (within(code, 0x0600, 0x06FF)) {
            settle(kArabic[code - 0x0600], start, end, false);
        } else if (is_presentation_form(code)) {
            take_presentation_form(code, start, end);
        } else {
            settle(fold_other(code), start, end, u_isupper(static_cast<UChar32>(code)) != 0);
            if (code == 0x00DF || code == 0x1E9E) push(U's', start, end, code == 0x1E9E);
        }
    }

    std::vector<FoldedCharacter> take_result() && { return std::move(out_); }

private:
    char32_t fold_other(char32_t code) {
        if (is_format(code)) return kDroppedFormat;
        if (is_dropped_mark(code)) return kDroppedMark;
        if (is_combining(code)) return compose(code);
        switch (code) {
        case 0x2019:
        case 0x02BC:
        case 0x2018:
            return U'\'';
        case 0x00DF:
        case 0x1E9E:
            return U's';
        case 0x0130:
            return U'i';
        default:
            break;
        }
        const auto digit = u_charDigitValue(static_cast<UChar32>(code));
        if (digit >= 0) return U'0' + static_cast<char32_t>(digit);
        return static_cast<char32_t>(u_foldCase(static_cast<UChar32>(code), U_FOLD_CASE_DEFAULT));
    }

    /// Joins a combining mark with the character before it where Unicode has a letter for both; other marks are
    /// decoration.
    char32_t compose(char32_t mark) {
        if (out_.empty()) return kDroppedMark;
        UErrorCode status = U_ZERO_ERROR;
        const auto* nfc = unorm2_getNFCInstance(&status);
        if (U_FAILURE(status)) return kDroppedMark;
        const auto joined = unorm2_composePair(nfc, static_cast<UChar32>(out_.back().code), static_cast<UChar32>(mark));
        if (joined >= 0) out_.back().code = static_cast<char32_t>(joined);
        return kDroppedMark;
    }

    void take_presentation_form(char32_t code, std::uint32_t start, std::uint32_t end) {
        UErrorCode status = U_ZERO_ERROR;
        const auto* nfkc = unorm2_getNFKCCasefoldInstance(&status);
        std::array<UChar, 2> source{};
        int32_t length = 0;
        U16_APPEND_UNSAFE(source.data(), length, static_cast<UChar32>(code));
        std::array<UChar, 64> plain{};
        const auto size =
            unorm2_normalize(nfkc, source.data(), length, plain.data(), static_cast<int32_t>(plain.size()), &status);
        if (U_FAILURE(status)) return push(kReplacement, start, end, false);
        const bool upper = u_isupper(static_cast<UChar32>(code)) != 0;
        for (int32_t at = 0; at < size;) {
            UChar32 part = 0;
            U16_NEXT(plain.data(), at, size, part);
            const auto folded = static_cast<char32_t>(part);
            settle(within(folded, 0x0600, 0x06FF) ? kArabic[folded - 0x0600] : fold_other(folded), start, end, upper);
        }
    }

    void settle(char32_t code, std::uint32_t start, std::uint32_t end, bool upper) {
        if (code == kDroppedFormat) return;
        if (code != kDroppedMark) return push(code, start, end, upper);
        if (!out_.empty() && out_.back().end == start) out_.back().end = end;
    }

    void push(char32_t code, std::uint32_t start, std::uint32_t end, bool upper) {
        if (!out_.empty() && out_.back().code == code) {
            if (out_.back().elongated) {
                out_.back().end = end;
                return;
            }
            if (out_.size() >= 2 && out_[out_.size() - 2].code == code && is_letter(code)) {
                out_.pop_back();
                out_.back().end = end;
                out_.back().elongated = true;
                return;
            }
        }
        out_.push_back({code, start, end, false, upper});
    }

    std::vector<FoldedCharacter> out_;
};

}  // namespace

char32_t next_character(std::string_view text, std::size_t& at) {
    assert(at < text.size());
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    if (bytes[at] < 0x80) return bytes[at++];
    // Four bytes are enough for any character, and keep the lengths within what the macro counts in.
    const auto window = static_cast<int32_t>(std::min<std::size_t>(4, text.size() - at));
    int32_t moved = 0;
    UChar32 code = 0;
    const auto* from = bytes + at;
    U8_NEXT(from, moved, window, code);
    at += static_cast<std::size_t>(moved);
    return code < 0 ? kReplacement : static_cast<char32_t>(code);
}

void append_utf8(std::string& out, char32_t code) {
    if (code < 0x80) {
        out += static_cast<char>(code);
        return;
    }
    if (code > 0x10FFFF || within(code, 0xD800, 0xDFFF)) code = kReplacement;
    std::array<char, 4> bytes{};
    int32_t size = 0;
    U8_APPEND_UNSAFE(bytes.data(), size, static_cast<UChar32>(code));
    out.append(bytes.data(), static_cast<std::size_t>(size));
}

std::vector<FoldedCharacter> fold_characters(std::string_view text) {
    assert(text.size() < std::numeric_limits<std::uint32_t>::max());
    Folder folder(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto start = static_cast<std::uint32_t>(at);
        const auto byte = static_cast<unsigned char>(text[at]);
        char32_t code = 0;
        // Most characters have one byte, and most others two.
        if (byte >= 0xC2 && byte < 0xE0 && at + 1 < text.size() && (text[at + 1] & 0xC0) == 0x80) {
            code = static_cast<char32_t>((byte & 0x1F) << 6 | (text[at + 1] & 0x3F));
            at += 2;
        } else {
            code = next_character(text, at);
        }
        folder.take(code, start, static_cast<std::uint32_t>(at));
    }
    return std::move(folder).take_result();
}

std::string fold_text(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const auto& character : fold_characters(text)) append_utf8(out, character.code);
    return out;
}

}  // namespace rasid

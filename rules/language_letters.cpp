#include "rules/language_letters.hpp"

#include "core/text/fold.hpp"

#include <unicode/uscript.h>

namespace rasid {
namespace {

/// What a character of U+0600 … U+06FF says.
enum ArabicLetter : std::uint8_t { kNoLetter, kArabic, kPersian, kUrdu, kKurdish, kOtherArabic };

constexpr auto kArabicBlock = [] {
    std::array<std::uint8_t, 256> table{};
    const auto mark = [&](std::u32string_view letters, ArabicLetter meaning) {
        for (const auto letter : letters) table[letter - 0x0600] = meaning;
    };
    for (std::size_t i = 0x20; i <= 0x4A; ++i) table[i] = i == 0x40 ? kNoLetter : kArabic;
    for (std::size_t i = 0x6E; i <= 0xD3; ++i) table[i] = i == 0x70 ? kNoLetter : kOtherArabic;
    table[0xD4] = kNoLetter;
    table[0xD5] = kKurdish;
    table[0x71] = kArabic;
    mark(U"پچژگکی", kPersian);
    mark(U"ڤ", kArabic);  // v in Arabic words of other languages
    mark(U"ٹڈڑںےہھ", kUrdu);
    mark(U"ێۆڕڵ", kKurdish);
    return table;
}();

LetterScript script_of(char32_t code) {
    UErrorCode status = U_ZERO_ERROR;
    const auto script = uscript_getScript(static_cast<UChar32>(code), &status);
    if (U_FAILURE(status)) return LetterScript::none;
    switch (script) {
    case USCRIPT_COMMON:
    case USCRIPT_INHERITED:
    case USCRIPT_UNKNOWN:
        return LetterScript::none;
    case USCRIPT_ARABIC:
        return LetterScript::arabic;
    case USCRIPT_LATIN:
        return LetterScript::latin;
    case USCRIPT_CYRILLIC:
        return LetterScript::cyrillic;
    case USCRIPT_HEBREW:
        return LetterScript::hebrew;
    case USCRIPT_GREEK:
        return LetterScript::greek;
    case USCRIPT_HANGUL:
        return LetterScript::hangul;
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
        return LetterScript::kana;
    case USCRIPT_HAN:
        return LetterScript::han;
    case USCRIPT_DEVANAGARI:
        return LetterScript::devanagari;
    case USCRIPT_THAI:
        return LetterScript::thai;
    case USCRIPT_BENGALI:
        return LetterScript::bengali;
    case USCRIPT_TAMIL:
        return LetterScript::tamil;
    case USCRIPT_TELUGU:
        return LetterScript::telugu;
    case USCRIPT_ARMENIAN:
        return LetterScript::armenian;
    case USCRIPT_GEORGIAN:
        return LetterScript::georgian;
    case USCRIPT_ETHIOPIC:
        return LetterScript::ethiopic;
    case USCRIPT_MALAYALAM:
        return LetterScript::malayalam;
    case USCRIPT_GURMUKHI:
        return LetterScript::gurmukhi;
    case USCRIPT_GUJARATI:
        return LetterScript::gujarati;
    default:
        return LetterScript::other;
    }
}

struct WordLetters {
    LetterScript script = LetterScript::none;  ///< of its first letter
    int letters = 0;
};

WordLetters count_word(std::string_view word, std::array<int, 6>& arabic) {
    WordLetters found;
    const auto add = [&](LetterScript script) {
        if (script == LetterScript::none) return;
        if (found.script == LetterScript::none) found.script = script;
        ++found.letters;
    };
    for (std::size_t at = 0; at < word.size();) {
        const auto byte = static_cast<unsigned char>(word[at]);
        if (byte < 0x80) {
            const auto lower = byte | 0x20;
            if (lower >= 'a' && lower <= 'z') add(LetterScript::latin);
            ++at;
        } else if (byte >= 0xD8 && byte <= 0xDB && at + 1 < word.size()) {
            const auto code =
                (static_cast<unsigned>(byte & 0x1F) << 6 | (static_cast<unsigned char>(word[at + 1]) & 0x3F));
            const auto meaning = kArabicBlock[(code - 0x0600) & 0xFF];
            ++arabic[meaning];
            if (meaning != kNoLetter) add(LetterScript::arabic);
            at += 2;
        } else {
            add(script_of(next_character(word, at)));
        }
    }
    return found;
}

}  // namespace

TextLetters count_letters(std::string_view text, const TokenizedText& words) {
    TextLetters out;
    std::array<int, 6> arabic{};
    std::uint32_t counted_to = 0;
    const auto& tokens = words.tokens();
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const auto& token = tokens[i];
        // The parts of a camel-case word repeat it.
        if (token.kind != TokenKind::word || token.start < counted_to) continue;
        counted_to = token.end;
        const auto found = count_word(text.substr(token.start, token.end - token.start), arabic);
        if (found.script == LetterScript::none) continue;
        const auto index = static_cast<std::uint32_t>(i);
        if (out.runs.empty() || out.runs.back().script != found.script)
            out.runs.push_back({found.script, 0, 0, index, index});
        auto& run = out.runs.back();
        ++run.words;
        run.letters += found.letters;
        run.last_token = index;
    }
    out.persian = arabic[kPersian];
    out.urdu = arabic[kUrdu];
    out.kurdish = arabic[kKurdish];
    out.other_arabic = arabic[kOtherArabic];
    return out;
}

}  // namespace rasid

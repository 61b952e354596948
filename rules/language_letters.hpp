#pragma once

#include "core/text/tokens.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace rasid {

/// Scripts as far as they tell languages apart.
enum class LetterScript : std::uint8_t {
    none,
    arabic,
    latin,
    cyrillic,
    hebrew,
    greek,
    hangul,
    kana,
    han,
    devanagari,
    thai,
    bengali,
    tamil,
    telugu,
    armenian,
    georgian,
    ethiopic,
    malayalam,
    gurmukhi,
    gujarati,
    other,
};
inline constexpr std::size_t kLetterScripts = 21;

/// Neighbouring words in one script.
struct ScriptRun {
    LetterScript script = LetterScript::none;
    int words = 0;
    int letters = 0;
    std::uint32_t first_token = 0;
    std::uint32_t last_token = 0;
};

/// The letters of a text by what they say about its language.
struct TextLetters {
    std::vector<ScriptRun> runs = {};  ///< in order; neighbours differ in script
    int persian = 0;                   ///< پ چ ژ گ and the Persian forms of ک and ی
    int urdu = 0;                      ///< ٹ ڈ ڑ ں ے ہ ھ
    int kurdish = 0;                   ///< ێ ۆ ڕ ڵ ە
    int other_arabic = 0;              ///< letters of Pashto, Sindhi, Uyghur and further languages

    /// Letters of the Arabic script that Arabic itself is not written with, and that are more than a keyboard's habit.
    int foreign() const { return persian + urdu + kurdish + other_arabic; }
};

/// Counts letters outside links and handles: those are written in Latin by everybody.
TextLetters count_letters(std::string_view text, const TokenizedText& words);

}  // namespace rasid

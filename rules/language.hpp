#pragma once

#include "core/text/tokens.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// A stretch of a text in one language. Offsets are UTF-8 bytes of the text; stretches are in order and do not overlap.
struct LanguageSegment {
    std::size_t start = 0;
    std::size_t end = 0;
    std::string tag = "und";

    bool operator==(const LanguageSegment&) const = default;
};

struct LanguageGuess {
    std::string tag = "und";                     ///< BCP 47; of a mixed text the language with most letters
    std::string why = {};                        ///< what decided, a word of the message `reason.language`
    std::string script = {};                     ///< "Arabic", where it is the script that did; else empty
    std::string words = {};                      ///< "7abibi, shukran", where it is these
    bool low_confidence = false;                 ///< a guess that further text could easily turn
    std::vector<LanguageSegment> segments = {};  ///< of a mixed text; empty: all of it is in `tag`
};

/// The language of a text: its script where that decides; the words and letter sequences for Latin script, for Arabic
/// letters that Arabic has not and for scripts of several languages; the platform's claim where these are silent.
/// Arabic written in Latin letters is "ar-Latn". Links, handles and emoji say nothing. `words` is the same text
/// tokenized; `claim` may be empty or anything a platform sends.
LanguageGuess detect_language(std::string_view text, const TokenizedText& words, std::string_view claim);

/// The primary subtag in lower case: "ar" of "ar-EG". Empty for what is no language tag.
std::string primary_language(std::string_view tag);

}  // namespace rasid

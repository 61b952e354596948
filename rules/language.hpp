#pragma once

#include "core/text/tokens.hpp"

#include <string>
#include <string_view>

namespace rasid {

struct LanguageGuess {
    std::string tag = "und";  ///< BCP 47
    std::string reason = {};  ///< what decided, for people
};

/// The language of a text: its script where that decides, common words for Latin script, the platform's claim where
/// both are silent. `words` is the same text tokenized; `claim` may be empty.
LanguageGuess detect_language(std::string_view text, const TokenizedText& words, std::string_view claim);

/// The primary subtag in lower case: "ar" of "ar-EG". Empty for what is no language tag.
std::string primary_language(std::string_view tag);

}  // namespace rasid

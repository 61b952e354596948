#pragma once

#include "core/texts.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// Why something was decided: a message of i18n and what is put into it, so that everybody reads it in his language.
struct Reason {
    std::string code = {};  ///< of the message `reason.CODE`; empty: the values are the words, as once kept
    std::vector<std::string> values = {};  ///< in the order of the code's arguments; the last one may take many

    bool operator==(const Reason&) const = default;
};

/// One that is known as words alone.
Reason already_said(std::string words);

/// The sentence in the language of `texts`; values from outside are isolated where it reads from right to left. A
/// missing value is empty; of an unknown code the values alone are said.
std::string in_words(const Reason& reason, const Texts& texts);
std::vector<std::string> in_words(std::span<const Reason> reasons, const Texts& texts);

/// All of them as one sentence: "Sara is away; nobody is here".
std::string in_one_line(std::span<const Reason> reasons, const Texts& texts);

/// Every code there is.
std::vector<std::string_view> reason_codes();

}  // namespace rasid

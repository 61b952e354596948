#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// One character of a folded text and the bytes of the original that it stands for: [start, end), always on character
/// boundaries. Marks that folding dropped belong to the character before them.
struct FoldedCharacter {
    char32_t code = 0;
    std::uint32_t start = 0;
    std::uint32_t end = 0;
    bool elongated = false;  ///< stands for a run of three or more of this letter
    bool upper = false;      ///< was an upper-case letter
};

/// The one normalisation that all matching uses. Case folding; NFKC where presentation forms occur; tashkeel, tatweel,
/// zero-width and bidi characters dropped; the spelling variants of Arabic letters made one; digits of every script
/// made ASCII; runs of three or more of one letter shortened to one. Invalid UTF-8 becomes U+FFFD, which belongs to no
/// word. Precondition: text.size() < 2^32.
std::vector<FoldedCharacter> fold_characters(std::string_view text);

/// The folded text as UTF-8, for comparing names and values.
std::string fold_text(std::string_view text);

/// Appends one character as UTF-8.
void append_utf8(std::string& out, char32_t code);

/// Decodes the character that starts at `at` (at < text.size()) and moves `at` behind it; U+FFFD for invalid bytes, of
/// which at least one is consumed.
char32_t next_character(std::string_view text, std::size_t& at);

}  // namespace rasid

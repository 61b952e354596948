#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

enum class TokenKind : std::uint8_t {
    word,     ///< letters and digits of one script, as UAX #29 bounds them
    symbol,   ///< an emoji or other pictograph
    hashtag,  ///< the whole tag without # and _; its parts follow as words
    cashtag,  ///< $NAME without $
    handle,   ///< @name without @, with its host where it has one
    url,
};

struct Token {
    TokenKind kind = TokenKind::word;
    bool elongated = false;
    bool shouted = false;     ///< two or more letters, all upper case
    bool in_tag = false;      ///< a part of the hashtag or camel-case word before it
    bool possessive = false;  ///< 's behind the word before it
    std::uint32_t start = 0;  ///< bytes of the original, sign (#, @, $) included
    std::uint32_t end = 0;
    std::uint32_t position = 0;       ///< counts words; what has parts begins where its first part does
    std::uint32_t last_position = 0;  ///< of the last part; else `position`
    std::uint32_t text_at = 0;
    std::uint32_t text_size = 0;
    std::uint32_t doubled_size = 0;  ///< 0: not elongated
    std::uint64_t hash = 0;          ///< hash_word of its text
};

/// A text cut into folded words with their places in the original.
class TokenizedText {
public:
    const std::vector<Token>& tokens() const { return tokens_; }

    std::string_view text_of(const Token& token) const {
        return std::string_view(arena_).substr(token.text_at, token.text_size);
    }

    /// The other reading of an elongated word, with each long run as two letters (cooool: col, cool); empty for other
    /// words.
    std::string_view doubled_of(const Token& token) const {
        return std::string_view(arena_).substr(token.text_at + token.text_size, token.doubled_size);
    }

private:
    friend class Tokenizer;
    std::string arena_;
    std::vector<Token> tokens_;
};

/// Words end where UAX #29 says, but for what posts need: a full stop or colon between letters ends a word (“late.Never
/// again”), the possessive 's is a word of its own, Arabic and other scripts or digits never share a word, _ ends an
/// Arabic word, and scripts that are written without spaces give one word a character. Camel-case words are followed by
/// their parts, as hashtags are.
TokenizedText tokenize(std::string_view text);

}  // namespace rasid

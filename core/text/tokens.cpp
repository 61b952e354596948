#include "core/text/tokens.hpp"

#include "core/text/fold.hpp"
#include "core/text/word_hash.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>

namespace rasid {

enum class Glyph : std::uint8_t { letter, arabic, digit, unspaced, symbol, other };

namespace {

bool is_unspaced(char32_t code) {
    return (code >= 0x0E00 && code <= 0x0EFF) || (code >= 0x1000 && code <= 0x109F) ||
           (code >= 0x1780 && code <= 0x17FF) || (code >= 0x3040 && code <= 0x30FF) ||
           (code >= 0x3400 && code <= 0x9FFF) || (code >= 0x20000 && code <= 0x3FFFF);
}

Glyph classify(char32_t code) {
    if (code < 0x80) {
        if (code >= U'a' && code <= U'z') return Glyph::letter;
        return code >= U'0' && code <= U'9' ? Glyph::digit : Glyph::other;
    }
    static const auto kArabicGlyphs = [] {
        std::array<Glyph, 256> table{};
        for (UChar32 i = 0; i < 256; ++i)
            table[static_cast<std::size_t>(i)] = u_isalpha(0x0600 + i) ? Glyph::arabic : Glyph::other;
        return table;
    }();
    if (code >= 0x0600 && code <= 0x06FF) return kArabicGlyphs[code - 0x0600];
    const auto category = U_GET_GC_MASK(static_cast<UChar32>(code));
    if (category & (U_GC_L_MASK | U_GC_M_MASK)) {
        if (is_unspaced(code)) return Glyph::unspaced;
        return code >= 0x0750 && code <= 0x08FF ? Glyph::arabic : Glyph::letter;
    }
    if (category & U_GC_N_MASK) return Glyph::letter;
    if (code == 0xFFFD) return Glyph::other;
    return category & U_GC_SO_MASK ? Glyph::symbol : Glyph::other;
}

bool is_wordlike(Glyph glyph) { return glyph == Glyph::letter || glyph == Glyph::arabic || glyph == Glyph::digit; }

bool starts_without_case(std::string_view text, std::string_view beginning) {
    return text.size() >= beginning.size() &&
           std::equal(beginning.begin(), beginning.end(), text.begin(),
                      [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b + 32) : b); });
}

bool is_space_or_quote(unsigned char byte) {
    return byte <= ' ' || byte == '"' || byte == '<' || byte == '>' || byte == 0x7F;
}

/// Where the link that starts `text` ends. Letters beyond ASCII belong to it only where a path separator announces
/// them, because Arabic text often follows a link without a space.
std::size_t url_length(std::string_view text) {
    std::size_t at = 0;
    bool foreign_allowed = false;
    while (at < text.size()) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (is_space_or_quote(byte)) break;
        if (byte >= 0x80) {
            auto behind = at;
            const auto code = next_character(text, behind);
            if (!foreign_allowed ||
                !(u_isalnum(static_cast<UChar32>(code)) || (U_GET_GC_MASK(static_cast<UChar32>(code)) & U_GC_M_MASK)))
                break;
            at = behind;
        } else {
            foreign_allowed = byte == '/' || byte == '_' || byte == '-' || byte == '=' || byte == '%';
            ++at;
        }
    }
    while (at > 0 && std::string_view(".,;:!?)]}'*").find(text[at - 1]) != std::string_view::npos) --at;
    return at;
}

}  // namespace

class Tokenizer {
public:
    explicit Tokenizer(std::string_view text) : text_(text), folded_(fold_characters(text)) {
        glyphs_.reserve(folded_.size());
        for (const auto& character : folded_) glyphs_.push_back(classify(character.code));
        out_.arena_.reserve(text.size());
        out_.tokens_.reserve(folded_.size() / 5 + 4);
    }

    TokenizedText run() {
        for (std::size_t at = 0; at < folded_.size();) at = step(at);
        return std::move(out_);
    }

private:
    std::size_t step(std::size_t at) {
        const auto code = folded_[at].code;
        const bool fresh = at == 0 || !is_wordlike(glyphs_[at - 1]);
        if (fresh && (code == U'h' || code == U'w')) {
            const auto rest = text_.substr(folded_[at].start);
            if (starts_without_case(rest, "http://") || starts_without_case(rest, "https://") ||
                starts_without_case(rest, "www.")) {
                const auto behind = take_url(at, url_length(rest));
                if (behind > at) return behind;
            }
        }
        if (code == U'#') return take_hashtag(at);
        if (code == U'@' && fresh) return take_handle(at);
        if (code == U'$' && fresh) return take_cashtag(at);
        switch (glyphs_[at]) {
        case Glyph::letter:
        case Glyph::arabic:
        case Glyph::digit:
            return take_word(at);
        case Glyph::unspaced:
            add(TokenKind::word, at, at + 1, at, at + 1);
            break;
        case Glyph::symbol: {
            const auto end = at + (is_flag(at) ? 2 : 1);
            add(TokenKind::symbol, at, end, at, end);
            return end;
        }
        case Glyph::other:
            break;
        }
        return at + 1;
    }

    /// Two regional indicators are one flag.
    bool is_flag(std::size_t at) const {
        const auto is_half = [&](std::size_t i) { return folded_[i].code >= 0x1F1E6 && folded_[i].code <= 0x1F1FF; };
        return at + 1 < folded_.size() && is_half(at) && is_half(at + 1);
    }

    std::size_t take_url(std::size_t at, std::size_t bytes) {
        const auto start = folded_[at].start;
        const auto end = start + static_cast<std::uint32_t>(bytes);
        auto behind = at;
        while (behind < folded_.size() && folded_[behind].start < end) ++behind;
        if (behind == at || bytes < 5) return at;
        Token token{.kind = TokenKind::url, .start = start, .end = end};
        token.text_at = static_cast<std::uint32_t>(out_.arena_.size());
        for (const char c : text_.substr(start, bytes))
            out_.arena_ += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        token.text_size = static_cast<std::uint32_t>(bytes);
        place(token);
        return behind;
    }

    std::size_t take_hashtag(std::size_t at) {
        auto end = at + 1;
        bool letters = false;
        while (end < folded_.size() &&
               (is_wordlike(glyphs_[end]) || glyphs_[end] == Glyph::unspaced || folded_[end].code == U'_')) {
            letters = letters || (glyphs_[end] != Glyph::digit && folded_[end].code != U'_');
            ++end;
        }
        if (!letters) return at + 1;
        add(TokenKind::hashtag, at, end, at + 1, end);
        add_parts(at + 1, end);
        return end;
    }

    /// Adds the parts of the token just added, which share its positions.
    void add_parts(std::size_t begin, std::size_t end) {
        const auto whole = out_.tokens_.size() - 1;
        const auto first = next_position_ = out_.tokens_[whole].position;
        while (begin < end) {
            if (folded_[begin].code == U'_') {
                ++begin;
                continue;
            }
            const auto behind = part_end(begin, end);
            add(TokenKind::word, begin, behind, begin, behind);
            out_.tokens_.back().in_tag = true;
            begin = behind;
        }
        next_position_ = std::max(next_position_, first + 1);
        out_.tokens_[whole].last_position = next_position_ - 1;
    }

    /// A part ends at _, between scripts, before digits and where camel case begins a new word (RasidApp, RASIDApp).
    std::size_t part_end(std::size_t begin, std::size_t end) const {
        auto at = begin + 1;
        for (; at < end && folded_[at].code != U'_' && glyphs_[at] == glyphs_[at - 1]; ++at) {
            if (glyphs_[at] == Glyph::unspaced || begins_camel_part(begin, at, end)) break;
        }
        return at;
    }

    /// iPhone is one word, and so is DVDs.
    bool begins_camel_part(std::size_t begin, std::size_t at, std::size_t end) const {
        if (!folded_[at].upper || glyphs_[at - 1] != Glyph::letter) return false;
        if (at - begin == 1 && !folded_[begin].upper) return false;
        const auto is_lower = [&](std::size_t i) {
            return i < end && glyphs_[i] == Glyph::letter && !folded_[i].upper;
        };
        return !folded_[at - 1].upper || (is_lower(at + 1) && is_lower(at + 2));
    }

    /// Whether camel case makes parts of two letters or more of a word.
    bool is_camel_case(std::size_t begin, std::size_t end) const {
        bool found = false;
        for (auto last = begin, at = begin + 1; at < end; ++at) {
            if (!begins_camel_part(last, at, end)) continue;
            if (at - last < 2 || end - at < 2) return false;
            found = true;
            last = at;
        }
        return found;
    }

    std::size_t take_handle(std::size_t at) {
        auto end = at + 1;
        bool host = false;
        while (end < folded_.size()) {
            const auto code = folded_[end].code;
            const bool more = end + 1 < folded_.size() && is_wordlike(glyphs_[end + 1]);
            const bool inside = end > at + 1 && more && (code == U'.' || code == U'-' || (code == U'@' && !host));
            if (!is_wordlike(glyphs_[end]) && code != U'_' && !inside) break;
            host = host || code == U'@';
            ++end;
        }
        if (end == at + 1) return end;
        add(TokenKind::handle, at, end, at + 1, end);
        return end;
    }

    std::size_t take_cashtag(std::size_t at) {
        auto end = at + 1;
        while (end < folded_.size() && glyphs_[end] == Glyph::letter && end - at <= 7) ++end;
        if (end == at + 1 || end - at > 7 || (end < folded_.size() && is_wordlike(glyphs_[end]))) return at + 1;
        add(TokenKind::cashtag, at, end, at + 1, end);
        return end;
    }

    std::size_t take_word(std::size_t at) {
        const bool arabic = glyphs_[at] == Glyph::arabic;
        auto end = at + 1;
        while (end < folded_.size() && (is_part(end, arabic) || joins(end, arabic)) && !begins_possessive(end)) ++end;
        add(TokenKind::word, at, end, at, end);
        if (!arabic && is_camel_case(at, end)) add_parts(at, end);
        if (!begins_possessive(end)) return end;
        add(TokenKind::word, end, end + 2, end, end + 2);
        out_.tokens_.back().possessive = true;
        return end + 2;
    }

    bool is_part(std::size_t at, bool arabic) const {
        return at < folded_.size() && is_wordlike(glyphs_[at]) && (glyphs_[at] == Glyph::arabic) == arabic;
    }

    /// What stands inside a word between its letters (don't, col·lecció, snake_case) or digits (1,000.50).
    bool joins(std::size_t at, bool arabic) const {
        const auto code = folded_[at].code;
        if (glyphs_[at] != Glyph::other || arabic) return false;
        if (!is_part(at + 1, false)) return false;
        if (code == U'\'' || code == U'_') return true;
        const auto between = [&](Glyph glyph) { return glyphs_[at - 1] == glyph && glyphs_[at + 1] == glyph; };
        if (code == 0x00B7 || code == 0x2027) return between(Glyph::letter);
        const bool in_number = code == U'.' || code == U',' || code == U';' || code == 0x066B || code == 0x066C;
        return in_number && between(Glyph::digit);
    }

    /// "Rasid's" is the word "rasid" and a word "'s" of its own.
    bool begins_possessive(std::size_t at) const {
        return at + 1 < folded_.size() && folded_[at].code == U'\'' && folded_[at + 1].code == U's' &&
               (at + 2 == folded_.size() || !is_wordlike(glyphs_[at + 2]));
    }

    /// Adds a token that spans [first, last) and whose text is [text_first, text_last) without underscores of tags.
    void add(TokenKind kind, std::size_t first, std::size_t last, std::size_t text_first, std::size_t text_last) {
        Token token{.kind = kind, .start = folded_[first].start, .end = folded_[last - 1].end};
        token.text_at = static_cast<std::uint32_t>(out_.arena_.size());
        std::size_t letters = 0;
        token.shouted = true;
        for (auto i = text_first; i < text_last; ++i) {
            const auto code = folded_[i].code;
            if (kind == TokenKind::hashtag && code == U'_') continue;
            if (code < 0x80) {
                out_.arena_ += static_cast<char>(code);
            } else if (code < 0x800) {
                const std::array<char, 2> bytes = {static_cast<char>(0xC0 | code >> 6),
                                                   static_cast<char>(0x80 | (code & 0x3F))};
                out_.arena_.append(bytes.data(), bytes.size());
            } else {
                append_utf8(out_.arena_, code);
            }
            token.elongated = token.elongated || folded_[i].elongated;
            letters += glyphs_[i] == Glyph::letter;
            token.shouted = token.shouted && (glyphs_[i] != Glyph::letter || folded_[i].upper);
        }
        token.shouted = token.shouted && letters >= 2;
        token.text_size = static_cast<std::uint32_t>(out_.arena_.size() - token.text_at);
        if (token.elongated) {
            for (auto i = text_first; i < text_last; ++i) {
                if (kind == TokenKind::hashtag && folded_[i].code == U'_') continue;
                append_utf8(out_.arena_, folded_[i].code);
                if (folded_[i].elongated) append_utf8(out_.arena_, folded_[i].code);
            }
            token.doubled_size = static_cast<std::uint32_t>(out_.arena_.size() - token.text_at - token.text_size);
        }
        place(token);
    }

    void place(Token token) {
        token.hash = hash_word(out_.text_of(token));
        token.position = token.last_position = next_position_++;
        out_.tokens_.push_back(token);
    }

    std::string_view text_;
    std::vector<FoldedCharacter> folded_;
    std::vector<Glyph> glyphs_;
    TokenizedText out_;
    std::uint32_t next_position_ = 0;
};

TokenizedText tokenize(std::string_view text) { return Tokenizer(text).run(); }

}  // namespace rasid

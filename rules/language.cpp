#include "rules/language.hpp"

#include "core/text/fold.hpp"
#include "rules/language_words.hpp"

#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <bit>
#include <map>
#include <unordered_map>

namespace rasid {
namespace {

/// Letters of a text by what they say about its language.
struct LetterCounts {
    int arabic = 0;
    int persian = 0;  ///< پ چ ژ and the Persian forms of ک and ی
    int kurdish = 0;  ///< ێ ۆ ڕ ڵ ڤ
    int urdu = 0;     ///< ٹ ڈ ڑ ں ے ہ ھ
    int latin = 0;
    int ukrainian = 0;
    std::map<UScriptCode, int> other = {};

    int all() const {
        int sum = arabic + latin;
        for (const auto& [script, count] : other) sum += count;
        return sum;
    }
};

bool among(char32_t code, std::u32string_view letters) { return letters.find(code) != std::u32string_view::npos; }

void count_arabic(LetterCounts& counts, char32_t code) {
    ++counts.arabic;
    if (among(code, U"پچژکی")) ++counts.persian;
    if (among(code, U"ێۆڕڵ")) ++counts.kurdish;
    if (among(code, U"ٹڈڑںےہھ")) ++counts.urdu;
}

/// Counts letters outside links, handles and tags' signs: those are written in Latin by everybody.
LetterCounts count_letters(std::string_view text, const TokenizedText& words) {
    LetterCounts counts;
    for (const auto& token : words.tokens()) {
        if (token.kind != TokenKind::word) continue;
        const auto piece = text.substr(token.start, token.end - token.start);
        for (std::size_t at = 0; at < piece.size();) {
            const auto code = next_character(piece, at);
            if (code < 0x80) {
                counts.latin += (code >= U'a' && code <= U'z') || (code >= U'A' && code <= U'Z');
                continue;
            }
            if ((code >= 0x0621 && code <= 0x064A && code != 0x0640) || (code >= 0x066E && code <= 0x06D3)) {
                count_arabic(counts, code);
                continue;
            }
            UErrorCode status = U_ZERO_ERROR;
            const auto script = uscript_getScript(static_cast<UChar32>(code), &status);
            if (U_FAILURE(status) || script == USCRIPT_COMMON || script == USCRIPT_INHERITED ||
                script == USCRIPT_UNKNOWN)
                continue;
            if (script == USCRIPT_ARABIC)
                ++counts.arabic;
            else if (script == USCRIPT_LATIN)
                ++counts.latin;
            else
                ++counts.other[script];
            counts.ukrainian += among(code, U"іїєґІЇЄҐ");
        }
    }
    return counts;
}

class Votes {
public:
    explicit Votes(const std::vector<CommonWords>& lists) {
        for (std::size_t language = 0; language < lists.size(); ++language) {
            names_.push_back(lists[language].language);
            auto rest = lists[language].words;
            while (!rest.empty()) {
                const auto space = rest.find(' ');
                by_word_[rest.substr(0, space)] |= static_cast<std::uint16_t>(1U << language);
                rest = space == std::string_view::npos ? std::string_view() : rest.substr(space + 1);
            }
        }
    }

    struct Winner {
        std::string_view language = {};
        double votes = 0;
        bool clear = false;  ///< nobody else has as many
    };

    /// A word that several languages share counts less for each.
    Winner winner(const TokenizedText& words, std::string_view claim) const {
        std::vector<double> votes(names_.size(), 0.0);
        for (const auto& token : words.tokens()) {
            if (token.kind != TokenKind::word) continue;
            const auto found = by_word_.find(words.text_of(token));
            if (found == by_word_.end()) continue;
            const auto sharers = static_cast<double>(std::popcount(found->second));
            for (std::size_t i = 0; i < votes.size(); ++i)
                if (found->second & (1U << i)) votes[i] += 1 / sharers;
        }
        // The platform's claim weighs as much as one word.
        for (std::size_t i = 0; i < votes.size(); ++i)
            if (names_[i] == claim && votes[i] > 0) votes[i] += 1;
        Winner best;
        for (std::size_t i = 0; i < votes.size(); ++i) {
            if (votes[i] > best.votes + 1e-9)
                best = {names_[i], votes[i], true};
            else if (votes[i] > 0 && votes[i] > best.votes - 1e-9)
                best.clear = false;
        }
        return best;
    }

private:
    std::vector<std::string_view> names_;
    std::unordered_map<std::string_view, std::uint16_t> by_word_;
};

LanguageGuess arabic_script(const LetterCounts& counts, const TokenizedText& words, std::string_view claim) {
    static const Votes votes(common_arabic_script_words());
    const auto share = [&](int letters) { return static_cast<double>(letters) / std::max(1, counts.arabic); };
    if (counts.kurdish > 0 && share(counts.kurdish) > 0.03) return {"ckb", "Kurdish letters"};
    const auto best = votes.winner(words, claim);
    if (counts.urdu >= 2 && share(counts.urdu) > 0.04 && best.language != "ar") return {"ur", "Urdu letters"};
    const bool persian_letters = share(counts.persian) > 0.03;
    if (persian_letters && best.language == "fa") return {"fa", "Persian letters and words"};
    if (persian_letters && claim == "fa" && best.language != "ar")
        return {"fa", "Persian letters and the platform's word"};
    if (persian_letters && best.votes == 0 && share(counts.persian) > 0.15) return {"fa", "Persian letters"};
    return {"ar", "Arabic script"};
}

LanguageGuess other_script(UScriptCode script, const LetterCounts& counts, std::string_view claim) {
    struct Usual {
        UScriptCode script;
        std::string_view language;
        std::string_view also;  ///< languages that the claim may name instead
    };
    static constexpr std::array<Usual, 18> kUsual = {{
        {USCRIPT_CYRILLIC, "ru", "uk bg sr be mk kk ky mn tg"},
        {USCRIPT_HEBREW, "he", "yi"},
        {USCRIPT_GREEK, "el", ""},
        {USCRIPT_HANGUL, "ko", ""},
        {USCRIPT_HIRAGANA, "ja", ""},
        {USCRIPT_KATAKANA, "ja", ""},
        {USCRIPT_HAN, "zh", "ja ko"},
        {USCRIPT_DEVANAGARI, "hi", "mr ne"},
        {USCRIPT_THAI, "th", ""},
        {USCRIPT_BENGALI, "bn", "as"},
        {USCRIPT_TAMIL, "ta", ""},
        {USCRIPT_TELUGU, "te", ""},
        {USCRIPT_ARMENIAN, "hy", ""},
        {USCRIPT_GEORGIAN, "ka", ""},
        {USCRIPT_ETHIOPIC, "am", "ti"},
        {USCRIPT_MALAYALAM, "ml", ""},
        {USCRIPT_GURMUKHI, "pa", ""},
        {USCRIPT_GUJARATI, "gu", ""},
    }};
    for (const auto& usual : kUsual) {
        if (usual.script != script) continue;
        const std::string reason = std::string(uscript_getName(script)) + " script";
        if (claim.size() == 2 && usual.also.find(claim) != std::string_view::npos)
            return {std::string(claim), reason + " and the platform's word"};
        if (script == USCRIPT_CYRILLIC && counts.ukrainian > 0) return {"uk", "Ukrainian letters"};
        return {std::string(usual.language), reason};
    }
    if (!claim.empty()) return {std::string(claim), "the platform's word"};
    return {"und", "no known script"};
}

/// Whether a word writes Arabic letters as digits inside Latin ones (7abibi, sa3a), unlike 7pm, mp3 and covid19.
bool is_arabizi(std::string_view word) {
    int letters = 0;
    int digits = 0;
    for (const char c : word) {
        if (c >= 'a' && c <= 'z')
            ++letters;
        else if (std::string_view("23579").find(c) != std::string_view::npos)
            ++digits;
        else
            return false;
    }
    return letters >= 3 && (digits == 1 || digits == 2) && word.back() >= 'a';
}

LanguageGuess latin_script(const TokenizedText& words, std::string_view claim) {
    const auto& tokens = words.tokens();
    constexpr auto kEnough = 2;
    if (std::count_if(tokens.begin(), tokens.end(), [&](const Token& token) {
            return token.kind == TokenKind::word && is_arabizi(words.text_of(token));
        }) >= kEnough)
        return {"ar-Latn", "Arabic letters written as digits"};
    static const Votes votes(common_latin_words());
    const auto best = votes.winner(words, claim);
    if (best.clear && best.votes >= 0.5) return {std::string(best.language), "common words"};
    // A claim of a language that is not written in Latin says nothing about this text.
    static constexpr std::array<std::string_view, 12> kOtherScripts = {"ar", "fa", "ur", "he", "ru", "uk",
                                                                       "zh", "ja", "ko", "hi", "th", "el"};
    if (!claim.empty() && std::find(kOtherScripts.begin(), kOtherScripts.end(), claim) == kOtherScripts.end())
        return {std::string(claim), "the platform's word"};
    return {"und", "no word that tells"};
}

}  // namespace

std::string primary_language(std::string_view tag) {
    const auto primary = tag.substr(0, tag.find_first_of("-_"));
    if (primary.size() < 2 || primary.size() > 3) return {};
    std::string out;
    for (const char c : primary) {
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        if (lower < 'a' || lower > 'z') return {};
        out += lower;
    }
    return out == "und" ? std::string() : out;
}

LanguageGuess detect_language(std::string_view text, const TokenizedText& words, std::string_view claim) {
    const auto claimed = primary_language(claim);
    const auto counts = count_letters(text, words);
    const auto all = counts.all();
    if (all == 0) {
        if (!claimed.empty()) return {claimed, "the platform's word"};
        return {"und", "no letters"};
    }
    // Latin names and brands stand inside text of every other script, so Latin needs by far the larger share.
    if (counts.arabic * 4 >= all) return arabic_script(counts, words, claimed);
    int kana = 0;
    auto largest = counts.other.end();
    for (auto it = counts.other.begin(); it != counts.other.end(); ++it) {
        if (it->first == USCRIPT_HIRAGANA || it->first == USCRIPT_KATAKANA) kana += it->second;
        if (largest == counts.other.end() || it->second > largest->second) largest = it;
    }
    if (largest != counts.other.end() && largest->second * 10 >= all * 3)
        return other_script(kana > 0 && largest->first == USCRIPT_HAN ? USCRIPT_HIRAGANA : largest->first, counts,
                            claimed);
    return latin_script(words, claimed);
}

}  // namespace rasid

#include "rules/language.hpp"

#include "rules/common_words.hpp"
#include "rules/language_arabizi.hpp"
#include "rules/language_cld2.hpp"
#include "rules/language_letters.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace rasid {
namespace {

using Tokens = std::vector<std::uint32_t>;  // indices

constexpr std::string_view kWhyClaim = "claim";
constexpr std::string_view kWhyCommonWords = "common";

bool among(std::string_view tag, std::string_view list) {
    for (auto at = list.find(tag); !tag.empty() && at != std::string_view::npos; at = list.find(tag, at + 1)) {
        const auto end = at + tag.size();
        if ((at == 0 || list[at - 1] == ' ') && (end == list.size() || list[end] == ' ')) return true;
    }
    return false;
}

struct ScriptLanguages {
    LetterScript script;
    std::string_view name;
    std::string_view usual;
    std::string_view also;  ///< further languages that are written so
};

constexpr std::array<ScriptLanguages, 19> kScripts = {{
    {LetterScript::arabic, "Arabic", "ar", "fa ur ps sd ug ckb ks"},
    {LetterScript::cyrillic, "Cyrillic", "ru", "uk bg sr be mk kk ky mn tg tt"},
    {LetterScript::hebrew, "Hebrew", "he", "yi"},
    {LetterScript::greek, "Greek", "el", ""},
    {LetterScript::hangul, "Hangul", "ko", ""},
    {LetterScript::kana, "Kana", "ja", ""},
    {LetterScript::han, "Han", "zh", "ja ko"},
    {LetterScript::devanagari, "Devanagari", "hi", "mr ne sa"},
    {LetterScript::thai, "Thai", "th", ""},
    {LetterScript::bengali, "Bengali", "bn", "as"},
    {LetterScript::tamil, "Tamil", "ta", ""},
    {LetterScript::telugu, "Telugu", "te", ""},
    {LetterScript::armenian, "Armenian", "hy", ""},
    {LetterScript::georgian, "Georgian", "ka", ""},
    {LetterScript::ethiopic, "Ethiopic", "am", "ti"},
    {LetterScript::malayalam, "Malayalam", "ml", ""},
    {LetterScript::gurmukhi, "Gurmukhi", "pa", ""},
    {LetterScript::gujarati, "Gujarati", "gu", ""},
    {LetterScript::other, "another", "", ""},
}};

bool is_latin_language(std::string_view tag) {
    return !tag.empty() && std::none_of(kScripts.begin(), kScripts.end(), [&](const ScriptLanguages& one) {
        return tag == one.usual || among(tag, one.also);
    });
}

LanguageGuess guess(std::string_view tag, std::string_view why, bool low_confidence = false) {
    return {.tag = std::string(tag), .why = std::string(why), .low_confidence = low_confidence};
}

/// By its script, with what came in addition: script | script_sequences | script_claim.
LanguageGuess guess_by(const ScriptLanguages& script, std::string_view tag, std::string_view why,
                       bool low_confidence = false) {
    auto found = guess(tag, why, low_confidence);
    found.script = script.name;
    return found;
}

/// A text as the deciding functions need it.
struct Subject {
    std::string_view text;
    const TokenizedText& words;
    const TextLetters& letters;
    std::string_view claim;
};

Tokens tokens_of(const Subject& subject, LetterScript script) {
    Tokens out;
    const auto& tokens = subject.words.tokens();
    for (const auto& run : subject.letters.runs) {
        if (run.script != script) continue;
        std::uint32_t counted_to = 0;
        for (auto i = run.first_token; i <= run.last_token; ++i) {
            if (tokens[i].kind != TokenKind::word || tokens[i].start < counted_to) continue;
            counted_to = tokens[i].end;
            out.push_back(i);
        }
    }
    return out;
}

LanguageGuess arabic_script(const Subject& subject, int arabic_letters) {
    const auto& letters = subject.letters;
    const auto languages = kScripts[0].also;
    const bool claimed = among(subject.claim, languages);
    if (letters.foreign() == 0 && !claimed) return guess_by(kScripts[0], "ar", "script");
    const auto share = [&](int count) { return static_cast<double>(count) / std::max(1, arabic_letters); };
    if (share(letters.kurdish) > 0.03) return guess("ckb", "kurdish");
    const auto sequences = guess_by_sequences(subject.text, subject.words, tokens_of(subject, LetterScript::arabic));
    const bool foreign = sequences.tag != "ar" && among(sequences.tag, languages);
    // Dialects and keyboards bring a letter or two of these into Arabic text, and letter sequences alone take short
    // dialect posts for Persian.
    if (foreign && share(letters.foreign()) > 0.03) return guess(sequences.tag, "letters");
    if (foreign && sequences.tag == subject.claim) return guess(sequences.tag, "sequences_claim");
    if (claimed && sequences.tag != "ar" && share(letters.foreign()) > 0.02)
        return guess(subject.claim, kWhyClaim, true);
    if (letters.urdu >= 2 && share(letters.urdu) > 0.08 && sequences.tag != "ar") return guess("ur", "urdu", true);
    return guess_by(kScripts[0], "ar", "script");
}

struct Votes {
    std::string_view language = {};
    double best = 0;
    double next = 0;
};

/// Common words by language; one that several languages share counts less for each.
Votes count_common_words(const Subject& subject, const Tokens& tokens) {
    std::array<double, 16> votes{};
    for (const auto index : tokens) {
        const auto languages = languages_of_common_word(subject.words.tokens()[index].hash);
        if (languages == 0) continue;
        const auto weight = 1.0 / std::popcount(languages);
        for (std::size_t i = 0; i < votes.size(); ++i)
            if (languages >> i & 1U) votes[i] += weight;
    }
    Votes out;
    const auto& names = languages_with_common_words();
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (votes[i] > out.best + 1e-9) {
            out.next = out.best;
            out.best = votes[i];
            out.language = names[i];
        } else if (votes[i] > out.next) {
            out.next = votes[i];
        }
    }
    return out;
}

/// Whether Latin words are Arabic; names the words that say so.
std::string arabizi_words(const Subject& subject, const Tokens& tokens, const Votes& votes) {
    int weight = 0;
    int telling = 0;
    std::string named;
    for (const auto index : tokens) {
        const auto word = subject.words.text_of(subject.words.tokens()[index]);
        const auto each = arabizi_weight(word);
        if (each == 0) continue;
        weight += each;
        ++telling;
        if (telling <= 3) (named += named.empty() ? "" : ", ") += word;
    }
    const auto count = static_cast<double>(tokens.size());
    const bool enough = weight >= 3 || (weight == 2 && telling == 1 && count <= 4);
    // Common words that Arabic in Latin letters looks like (la, mi, the) are outweighed, those of a whole sentence are
    // not.
    if (!enough || weight < 0.3 * count || votes.best > weight) return {};
    return named;
}

LanguageGuess latin_script(const Subject& subject) {
    const auto tokens = tokens_of(subject, LetterScript::latin);
    const auto count = static_cast<double>(tokens.size());
    const auto votes = count_common_words(subject, tokens);
    if (auto words = arabizi_words(subject, tokens, votes); !words.empty()) {
        auto found = guess("ar-Latn", "arabizi", true);
        found.words = std::move(words);
        return found;
    }
    // Most posts are plain English; CLD2 costs ten times as much as seeing that.
    if (votes.language == "en" && votes.best >= 2.5 && votes.best >= 0.3 * count && votes.next <= 0.3 * votes.best)
        return guess("en", kWhyCommonWords);
    const auto sequences = guess_by_sequences(subject.text, subject.words, tokens);
    const bool claimed = is_latin_language(subject.claim);
    const bool clear = votes.best >= 0.5 && votes.next < votes.best;
    const bool short_text = count <= 3;
    if (votes.best >= 2 && votes.next <= 0.5 * votes.best && votes.language != sequences.tag)
        return guess(votes.language, kWhyCommonWords, true);
    if (sequences.reliable && is_latin_language(sequences.tag)) {
        if (!short_text) return guess(sequences.tag, "sequences", count <= 5 && votes.language != sequences.tag);
        if (clear && votes.language == sequences.tag) return guess(sequences.tag, "common_sequences");
        if (claimed && subject.claim == sequences.tag) return guess(sequences.tag, "sequences_claim");
    }
    if (clear) return guess(votes.language, kWhyCommonWords, short_text);
    if (claimed) return guess(subject.claim, kWhyClaim, true);
    if (is_latin_language(sequences.tag)) return guess(sequences.tag, "sequences", true);
    return guess("und", "no_word", true);
}

LanguageGuess other_script(const Subject& subject, LetterScript script) {
    const auto* known = std::find_if(kScripts.begin(), kScripts.end(),
                                     [&](const ScriptLanguages& one) { return one.script == script; });
    if (known == kScripts.end() || known->usual.empty()) {
        if (!subject.claim.empty()) return guess(subject.claim, kWhyClaim);
        return guess("und", "no_script", true);
    }
    if (known->also.empty()) return guess_by(*known, known->usual, "script");
    const auto sequences = guess_by_sequences(subject.text, subject.words, tokens_of(subject, script));
    const auto fits = [&](std::string_view tag) { return tag == known->usual || among(tag, known->also); };
    if (fits(sequences.tag)) return guess_by(*known, sequences.tag, "script_sequences");
    if (fits(subject.claim)) return guess_by(*known, subject.claim, "script_claim", true);
    return guess_by(*known, known->usual, "script");
}

LanguageGuess language_in(const Subject& subject, LetterScript script, int letters) {
    if (script == LetterScript::arabic) return arabic_script(subject, letters);
    if (script == LetterScript::latin) return latin_script(subject);
    return other_script(subject, script);
}

/// Latin names and brands stand inside text of every other script, a word of another script inside Latin text: they
/// make no text mixed. Kanji and kana are one language.
std::vector<ScriptRun> significant_runs(const TextLetters& letters) {
    auto runs = letters.runs;
    const auto has_kana =
        std::any_of(runs.begin(), runs.end(), [](const ScriptRun& run) { return run.script == LetterScript::kana; });
    const auto join = [&runs] {
        std::vector<ScriptRun> joined;
        for (const auto& run : runs) {
            if (joined.empty() || joined.back().script != run.script) {
                joined.push_back(run);
                continue;
            }
            joined.back().words += run.words;
            joined.back().letters += run.letters;
            joined.back().last_token = run.last_token;
        }
        runs = std::move(joined);
    };
    if (has_kana)
        for (auto& run : runs)
            if (run.script == LetterScript::han) run.script = LetterScript::kana;
    join();
    const auto is_small = [](const ScriptRun& run) {
        return run.script == LetterScript::latin ? run.words <= 2 && run.letters <= 24
                                                 : run.words <= 1 && run.letters <= 12;
    };
    int letters_of_all = 0;
    int latin_letters = 0;
    for (const auto& run : runs) {
        letters_of_all += run.letters;
        if (run.script == LetterScript::latin) latin_letters += run.letters;
    }
    const bool brands_only = (letters_of_all - latin_letters) * 4 >= letters_of_all;
    // Brands first: an Arabic word between two Latin ones keeps its script.
    for (const bool latin : {true, false}) {
        if (runs.size() < 2) break;
        for (std::size_t i = 0; i < runs.size(); ++i) {
            if ((runs[i].script == LetterScript::latin) != latin || !is_small(runs[i])) continue;
            const auto* before = i > 0 ? &runs[i - 1] : nullptr;
            const auto* after = i + 1 < runs.size() ? &runs[i + 1] : nullptr;
            const auto* larger = !before || (after && after->letters > before->letters) ? after : before;
            if (latin ? brands_only : larger->letters >= runs[i].letters) runs[i].script = larger->script;
        }
        join();
    }
    return runs;
}

/// A non-Latin script is written with fewer letters for as much speech.
constexpr double kLatinLetter = 0.8;

void add_segment(LanguageGuess& found, std::size_t start, std::size_t end, const std::string& tag) {
    if (!found.segments.empty() && found.segments.back().tag == tag)
        found.segments.back().end = end;
    else
        found.segments.push_back({start, end, tag});
}

/// A Latin text in two languages, of which each has a good share.
void split_latin(LanguageGuess& found, const Subject& subject) {
    constexpr std::size_t kFewestToSplit = 10;
    const auto tokens = tokens_of(subject, LetterScript::latin);
    if (tokens.size() < kFewestToSplit || found.tag == "ar-Latn" || found.why == kWhyCommonWords) return;
    const auto sequences = guess_by_sequences(subject.text, subject.words, tokens);
    if (sequences.second_percent < 25 || !is_latin_language(sequences.second)) return;
    const auto stretches = stretches_by_sequences(subject.text, subject.words, tokens);
    if (stretches.size() < 2) return;
    for (const auto& stretch : stretches) {
        const auto& all = subject.words.tokens();
        add_segment(found, all[tokens[stretch.first]].start, all[tokens[stretch.last]].end,
                    is_latin_language(stretch.tag) ? stretch.tag : found.tag);
    }
    if (found.segments.size() < 2) found.segments.clear();
}

LanguageGuess mixed(const Subject& subject, const std::vector<ScriptRun>& runs) {
    struct Part {
        double weight = 0;
        int letters = 0;
        LanguageGuess language = {};
    };
    std::array<Part, kLetterScripts> parts{};
    for (const auto& run : runs) {
        auto& part = parts[static_cast<std::size_t>(run.script)];
        part.letters += run.letters;
        part.weight += run.letters * (run.script == LetterScript::latin ? kLatinLetter : 1.0);
    }
    const auto largest =
        std::max_element(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return a.weight < b.weight; });
    for (std::size_t i = 0; i < parts.size(); ++i)
        if (parts[i].letters > 0)
            parts[i].language = language_in(subject, static_cast<LetterScript>(i), parts[i].letters);
    auto found = largest->language;
    for (const auto& run : runs) {
        const auto& tokens = subject.words.tokens();
        add_segment(found, tokens[run.first_token].start, tokens[run.last_token].end,
                    parts[static_cast<std::size_t>(run.script)].language.tag);
    }
    if (found.segments.size() < 2) found.segments.clear();
    return found;
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
    const auto letters = count_letters(text, words);
    const Subject subject{text, words, letters, claimed};
    if (letters.runs.empty()) {
        if (!claimed.empty()) return guess(claimed, kWhyClaim, true);
        return guess("und", "no_letters", true);
    }
    if (letters.runs.size() == 1) {
        const auto& run = letters.runs.front();
        auto found = language_in(subject, run.script, run.letters);
        if (run.script == LetterScript::latin) split_latin(found, subject);
        return found;
    }
    const auto runs = significant_runs(letters);
    if (runs.size() > 1) return mixed(subject, runs);
    auto found = language_in(subject, runs.front().script, runs.front().letters);
    if (runs.front().script == LetterScript::latin) split_latin(found, subject);
    return found;
}

}  // namespace rasid

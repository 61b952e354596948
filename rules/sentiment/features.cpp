#include "rules/sentiment/features.hpp"

#include "core/text/fold.hpp"
#include "core/text/word_hash.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>

namespace rasid {
namespace {

// Kinds of grams live beside each other without meeting.
constexpr std::uint64_t kWord = 0x9E3779B97F4A7C15;
constexpr std::uint64_t kNegatedWord = 0xC2B2AE3D27D4EB4F;
constexpr std::uint64_t kPair = 0x165667B19E3779F9;
constexpr std::uint64_t kCharacters = 0x27D4EB2F165667C5;
constexpr std::uint64_t kPlace = 0x85EBCA77C2B2AE63;

constexpr std::uint32_t kNoToken = 0xFFFFFFFF;
constexpr std::uint64_t kEdgeOfWord = 0x7F;
constexpr std::size_t kLongestGramWord = 32;  // characters; what is longer is no word

std::uint32_t finish(std::uint64_t x) { return static_cast<std::uint32_t>(mixed_hash(x) >> 16); }

bool is_all_digits(std::string_view word) {
    return std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

double soften(double x, double softness) { return x / std::sqrt(x * x + softness); }

class FeatureMaker {
public:
    FeatureMaker(std::string_view text, const TokenizedText& words, const SentimentCues& cues, GramKinds kinds)
        : text_(text), words_(words), tokens_(words.tokens()), cues_(cues), kinds_(kinds) {}

    SentimentFeatures run() {
        out_.grams.reserve(tokens_.size() * 3 + 4);
        if (kinds_.characters > 0) out_.characters.reserve(text_.size() * 2);
        add_grams();
        out_.gram_value = value_of(out_.grams.size());
        out_.character_value = kinds_.characters * value_of(out_.characters.size());
        add_cue_signals();
        add_form_signals();
        return std::move(out_);
    }

private:
    /// Long texts must not drown in the sum of small weights.
    static double value_of(std::size_t grams) { return 4 / std::sqrt(16.0 + static_cast<double>(grams)); }

    void add_grams() {
        std::uint64_t before = kEdgeOfWord;
        std::uint32_t before_token = kNoToken;
        for (std::uint32_t i = 0; i < tokens_.size(); ++i) {
            const auto& token = tokens_[i];
            std::uint64_t hash = 0;
            switch (token.kind) {
            case TokenKind::hashtag:
                continue;  // its parts follow
            case TokenKind::url:
                hash = kPlace + 1;
                break;
            case TokenKind::handle:
                hash = kPlace + 2;
                break;
            case TokenKind::cashtag:
                hash = kPlace + 3;
                break;
            case TokenKind::symbol:
            case TokenKind::word:
                // Which number it is says nothing; how long it is may.
                hash = is_all_digits(words_.text_of(token)) ? kPlace + 8 + token.text_size : token.hash;
                break;
            }
            const bool text = token.kind == TokenKind::word || token.kind == TokenKind::symbol;
            // Inside a phrase of the lexicon a word does not mean what it means elsewhere.
            if (!cues_.in_phrase[i]) {
                add(hash + (text && cues_.negated[i] ? kNegatedWord : kWord), i);
                if (text && token.elongated) add(hash_word(words_.doubled_of(token)) + kWord, i);
            }
            if (kinds_.pairs) add(before * kPair + hash, i, before_token);
            if (kinds_.characters > 0 && token.kind == TokenKind::word && !cues_.in_phrase[i] && !cues_.negated[i] &&
                token.text_size >= kinds_.least_letters)
                add_characters(words_.text_of(token), i);
            before = hash;
            before_token = i;
        }
        if (kinds_.pairs && before_token != kNoToken) add(before * kPair + kEdgeOfWord, before_token);
    }

    void add_characters(std::string_view word, std::uint32_t token) {
        std::array<std::uint64_t, kLongestGramWord + 2> codes;
        std::size_t size = 0;
        codes[size++] = kEdgeOfWord;
        for (std::size_t at = 0; at < word.size() && size <= kLongestGramWord;) {
            const auto byte = static_cast<unsigned char>(word[at]);
            codes[size++] = byte < 0x80 ? word[at++] : next_character(word, at);
        }
        if (size <= kinds_.least_letters) return;
        codes[size++] = kEdgeOfWord;
        for (std::size_t i = 0; i + 3 <= size; ++i) {
            const auto three = (codes[i] << 42) ^ (codes[i + 1] << 21) ^ codes[i + 2];
            const auto hash = mixed_hash(three + kCharacters);
            out_.characters.push_back({finish(hash), token, token});
            if (i + 4 <= size) out_.characters.push_back({finish(hash * kCharacters + codes[i + 3]), token, token});
        }
    }

    void add(std::uint64_t hash, std::uint32_t token) { add(hash, token, token); }

    void add(std::uint64_t hash, std::uint32_t token, std::uint32_t second) {
        out_.grams.push_back({finish(hash), token, second == kNoToken ? token : second});
    }

    double& signal(SentimentSignal name) { return out_.signals[static_cast<std::size_t>(name)]; }

    void add_cue_signals() {
        using enum SentimentSignal;
        if (cues_.cues.empty()) {
            signal(no_cue) = 1;
            return;
        }
        const auto sum = soften(cues_.sum(), 15);
        signal(cue_sum) = sum;
        signal(cue_strength) = std::abs(sum);
        signal(cue_positive) = soften(cues_.positive, 15);
        signal(cue_negative) = soften(cues_.negative, 15);
        for (const auto& cue : cues_.cues) {
            signal(cue_highest) = std::max(signal(cue_highest), cue.weight / 4);
            signal(cue_lowest) = std::min(signal(cue_lowest), cue.weight / 4);
        }
        signal(cue_last) = cues_.cues.back().weight / 4;
        signal(cue_conflict) = std::min(signal(cue_positive), -signal(cue_negative));
        const auto bins = static_cast<std::size_t>(bin_end) - static_cast<std::size_t>(bin);
        const auto at = std::min(bins - 1, static_cast<std::size_t>((sum + 1) / 2 * static_cast<double>(bins)));
        out_.signals[static_cast<std::size_t>(bin) + at] = 1;
    }

    void add_form_signals() {
        using enum SentimentSignal;
        int exclamations = 0;
        int questions = 0;
        int quoting = 0;
        int dots = 0;
        int longest_dots = 0;
        for (std::size_t i = 0; i < text_.size(); ++i) {
            const char c = text_[i];
            exclamations += c == '!';
            questions += c == '?' || (c == '\x9F' && i > 0 && text_[i - 1] == '\xD8');  // ؟
            quoting += c == '"';
            dots = c == '.' ? dots + 1 : 0;
            longest_dots = std::max(longest_dots, dots);
            if (c == '\xA6' && i > 1 && text_[i - 1] == '\x80' && text_[i - 2] == '\xE2') longest_dots = 3;  // …
        }
        signal(exclaims) = std::min(exclamations, 3) / 3.0;
        signal(exclaims_with_cue) = signal(exclaims) * signal(cue_sum);
        signal(asks) = std::min(questions, 3) / 3.0;
        signal(trails) = longest_dots > 1;
        signal(quotes) = quoting > 1;
        int plain = 0;
        int shouted = 0;
        for (const auto& token : tokens_) {
            using Kind = TokenKind;
            plain += token.kind == Kind::word;
            shouted += token.kind == Kind::word && token.shouted;
            if (token.elongated) signal(elongates) = 1;
            if (token.kind == Kind::url) signal(links) = 1;
            if (token.kind == Kind::handle) signal(addresses) = 1;
            if (token.kind == Kind::hashtag) signal(tags) = std::min(1.0, signal(tags) + 1.0 / 3);
            if (token.kind == Kind::symbol) signal(symbols) = std::min(1.0, signal(symbols) + 1.0 / 3);
            if (token.kind == Kind::word && std::isdigit(static_cast<unsigned char>(words_.text_of(token).front())))
                signal(numbers) = 1;
        }
        signal(shouts) = plain > 0 ? static_cast<double>(shouted) / plain : 0;
        signal(negates) = std::min(cues_.negations, 3) / 3.0;
        signal(turns) = cues_.turns;
        signal(length) = std::log1p(plain) / 4;
        signal(is_short) = plain <= 4;
    }

    std::string_view text_;
    const TokenizedText& words_;
    const std::vector<Token>& tokens_;
    const SentimentCues& cues_;
    GramKinds kinds_;
    SentimentFeatures out_;
};

}  // namespace

SentimentFeatures sentiment_features(std::string_view text, const TokenizedText& words, const SentimentCues& cues,
                                     GramKinds kinds) {
    return FeatureMaker(text, words, cues, kinds).run();
}

std::uint32_t sentiment_hash(std::uint64_t word) { return finish(word + kWord); }

}  // namespace rasid

#include "rules/sentiment.hpp"

#include "rules/emoticons.hpp"
#include "rules/particles.hpp"
#include "rules/sentiment_lexicon.hpp"

#include <algorithm>
#include <cmath>

namespace rasid {
namespace {

using Effect = SentimentLexicon::Effect;

constexpr std::uint32_t kNegationReach = 3;  // words before
constexpr std::uint32_t kStrengthReach = 2;  // words before, and after in Arabic
constexpr double kNegatedPositive = -0.7;
constexpr double kNegatedNegative = -0.4;
constexpr double kStrong = 1.3;
constexpr double kWeak = 0.6;
constexpr double kElongated = 1.2;
constexpr double kShouted = 1.2;
constexpr double kBeforeTurn = 0.6;
constexpr double kAfterTurn = 1.3;
constexpr double kExclamation = 0.25;
constexpr double kQuestion = 0.7;
constexpr double kSoftness = 12;  // of the curve from the sum of weights to -1 … 1
constexpr double kStarsShare = 0.75;
constexpr double kPositiveFrom = 0.4;
constexpr double kNegativeFrom = -0.2;  // a complaint missed costs more than one imagined
constexpr std::size_t kMostWords = 40;  // named in a verdict

struct Found {
    std::uint32_t position = 0;
    std::uint32_t last_position = 0;
    std::size_t start = 0;
    std::size_t end = 0;
    double weight = 0;
    Effect effect = Effect::weigh;
    bool arabic = false;
};

struct Marks {
    bool exclaims = false;
    bool asks = false;
};

Marks punctuation(std::string_view text) {
    return {text.find('!') != std::string_view::npos,
            text.find('?') != std::string_view::npos || text.find("؟") != std::string_view::npos};
}

/// Lexicon words in order, of overlapping ones the longest.
std::vector<Found> find_words(const SentimentInput& input) {
    const auto& lexicon = SentimentLexicon::built_in();
    std::vector<Found> out;
    for (const auto& hit : lexicon.find(input.words)) {
        const auto& entry = lexicon.entry(hit.term);
        out.push_back({hit.first_position, hit.last_position, hit.start, hit.end, entry.weight, entry.effect, false});
    }
    std::sort(out.begin(), out.end(), [](const Found& a, const Found& b) {
        if (a.position != b.position) return a.position < b.position;
        if (a.last_position != b.last_position) return a.last_position > b.last_position;
        return std::abs(a.weight) > std::abs(b.weight);
    });
    std::vector<Found> kept;
    for (auto& found : out)
        if (kept.empty() || found.position > kept.back().last_position) kept.push_back(found);
    return kept;
}

void strengthen_by_form(std::vector<Found>& words, const SentimentInput& input) {
    const auto& tokens = input.words.tokens();
    const auto plain = [](const Token& token) { return token.kind == TokenKind::word; };
    const bool all_shouted =
        std::all_of(tokens.begin(), tokens.end(), [&](const Token& token) { return !plain(token) || token.shouted; });
    std::size_t at = 0;
    for (auto& word : words) {
        while (at < tokens.size() && tokens[at].position < word.position) ++at;
        for (auto i = at; i < tokens.size() && tokens[i].position <= word.last_position; ++i) {
            if (!plain(tokens[i])) continue;
            word.arabic = is_arabic_word(input.words.text_of(tokens[i]));
            if (tokens[i].elongated) word.weight *= kElongated;
            if (tokens[i].shouted && !all_shouted) word.weight *= kShouted;
        }
    }
}

bool near_before(const Found& modifier, const Found& word, std::uint32_t reach) {
    return modifier.last_position < word.position && word.position - modifier.last_position <= reach;
}

void apply_neighbours(std::vector<Found>& words) {
    const auto original = words;
    for (std::size_t i = 0; i < words.size(); ++i) {
        auto& word = words[i];
        if (word.effect != Effect::weigh) continue;
        bool negated = false;
        for (std::size_t j = i; j-- > 0;) {
            const auto& before = original[j];
            if (word.position - before.last_position > kNegationReach) break;
            if (before.effect == Effect::turn) break;
            if (before.effect == Effect::negate) negated = !negated;
            if (before.effect == Effect::strong && near_before(before, word, kStrengthReach)) word.weight *= kStrong;
            if (before.effect == Effect::weak && near_before(before, word, kStrengthReach)) word.weight *= kWeak;
        }
        if (word.arabic) {
            for (auto j = i + 1; j < words.size() && original[j].position - word.last_position <= kStrengthReach; ++j) {
                if (original[j].effect == Effect::strong) word.weight *= kStrong;
                if (original[j].effect == Effect::weak) word.weight *= kWeak;
            }
        }
        if (negated) word.weight *= word.weight > 0 ? kNegatedPositive : kNegatedNegative;
    }
    const auto turn = std::find_if(original.rbegin(), original.rend(),
                                   [](const Found& found) { return found.effect == Effect::turn; });
    if (turn == original.rend()) return;
    for (auto& word : words) word.weight *= word.position < turn->position ? kBeforeTurn : kAfterTurn;
}

void add_emoticons(std::vector<Found>& words, const SentimentInput& input) {
    const auto& tokens = input.words.tokens();
    for (const auto& face : find_emoticons(input.text)) {
        const auto within = [&](const Token& token) { return token.start < face.end && face.start < token.end; };
        if (std::any_of(tokens.begin(), tokens.end(),
                        [&](const Token& token) { return token.kind == TokenKind::url && within(token); }))
            continue;
        words.push_back({.start = face.start, .end = face.end, .weight = face.weight});
    }
}

}  // namespace

Sentiment classify_by_lexicon(const SentimentInput& input) {
    auto words = find_words(input);
    strengthen_by_form(words, input);
    apply_neighbours(words);
    std::erase_if(words, [](const Found& found) { return found.effect != Effect::weigh; });
    add_emoticons(words, input);

    double sum = 0;
    for (const auto& word : words) sum += word.weight;
    const auto marks = punctuation(input.text);
    double emphasis = 1;
    if (marks.exclaims && std::abs(sum) > 1e-9) emphasis += kExclamation / std::max(1.0, std::abs(sum));
    if (marks.asks) emphasis *= kQuestion;
    sum *= emphasis;
    const double scale = 1 / std::sqrt(sum * sum + kSoftness);

    Sentiment sentiment;
    sentiment.score = sum * scale;
    std::sort(words.begin(), words.end(),
              [](const Found& a, const Found& b) { return std::abs(a.weight) > std::abs(b.weight); });
    if (words.size() > kMostWords) words.resize(kMostWords);
    std::sort(words.begin(), words.end(), [](const Found& a, const Found& b) { return a.start < b.start; });
    for (const auto& word : words) {
        sentiment.words.push_back(
            {std::string(input.text.substr(word.start, word.end - word.start)), word.weight * emphasis * scale});
    }
    if (input.stars) {
        const double stars = std::clamp((*input.stars - 3) / 2, -1.0, 1.0);
        sentiment.score = kStarsShare * stars + (1 - kStarsShare) * sentiment.score;
    }
    sentiment.score = std::clamp(sentiment.score, -1.0, 1.0);
    if (sentiment.score >= kPositiveFrom) sentiment.label = Polarity::positive;
    if (sentiment.score <= kNegativeFrom) sentiment.label = Polarity::negative;
    return sentiment;
}

}  // namespace rasid

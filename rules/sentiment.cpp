#include "rules/sentiment.hpp"

#include "core/embedded.hpp"
#include "rules/language.hpp"
#include "rules/particles.hpp"
#include "rules/sentiment/cues.hpp"
#include "rules/sentiment/features.hpp"
#include "rules/sentiment/weights.hpp"
#include "rules/sentiment_layer.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

namespace rasid::embedded {
std::span<const EmbeddedFile> sentiment_weights();
}

namespace rasid {
namespace {

constexpr double kDeciding = 0.02;        // a share in the score below it is noise
constexpr double kDecidingShare = 0.25;   // of the strongest word's share
constexpr double kMixed = 0.08;           // both sides must show so much
constexpr double kMixedShare = 0.4;       // and the weaker this part of the stronger
constexpr double kStarsLean = 3.5;        // of one or five stars
constexpr double kTextBesideStars = 0.5;  // what the text may still say
constexpr double kMiddleStars = 1.5;      // towards neutral, of three stars
constexpr double kCuesAlone = 0.25;       // lean for each point of valence where there are no weights
constexpr double kNeutralAlone = 0.8;

struct Probabilities {
    double negative = 0;
    double neutral = 0;
    double positive = 0;
};

Probabilities probabilities(SentimentPull pull) {
    const double top = std::max(std::abs(pull.lean), pull.neutral);
    const double negative = std::exp(-pull.lean - top);
    const double neutral = std::exp(pull.neutral - top);
    const double positive = std::exp(pull.lean - top);
    const double sum = negative + neutral + positive;
    return {negative / sum, neutral / sum, positive / sum};
}

struct Weights {
    std::optional<SentimentWeights> arabic;
    std::optional<SentimentWeights> english;
};

const Weights& built_in_weights() {
    static const Weights weights = [] {
        Weights out;
        for (const auto& file : embedded::sentiment_weights())
            (file.name == "weights_ar.bin" ? out.arabic : out.english) = SentimentWeights::read(file.content);
        assert(out.arabic && out.english);
        return out;
    }();
    return weights;
}

bool has_arabic_script(const TokenizedText& words) {
    const auto& tokens = words.tokens();
    return std::any_of(tokens.begin(), tokens.end(), [&](const Token& token) {
        return token.kind == TokenKind::word && is_arabic_word(words.text_of(token));
    });
}

/// Follows every pull back to the words that it came from.
class Attribution {
public:
    Attribution(const SentimentInput& input, const SentimentCues& cues)
        : input_(input), tokens_(input.words.tokens()), cues_(cues), of_token_(tokens_.size()),
          of_cue_(cues.cues.size()) {}

    SentimentPull add_grams(const SentimentWeights& weights, const SentimentFeatures& features) {
        SentimentPull sum;
        add(weights, features.grams, features.gram_value * weights.scale(), sum);
        add(weights, features.characters, features.character_value * weights.scale(), sum);
        return sum;
    }

    SentimentPull add_signals(const SentimentWeights& weights, const SentimentFeatures& features) {
        using enum SentimentSignal;
        SentimentPull sum;
        for (std::size_t i = 0; i < kSentimentSignals; ++i) {
            if (features.signals[i] == 0) continue;
            const auto pull = weights.signal(i);
            const double lean = pull.lean * features.signals[i];
            sum.lean += lean;
            sum.neutral += pull.neutral * features.signals[i];
            if (of_cue_.empty() || i > static_cast<std::size_t>(exclaims_with_cue)) continue;
            switch (static_cast<SentimentSignal>(i)) {
            case cue_positive:
                spread(lean, [](double weight) { return std::max(0.0, weight); });
                break;
            case cue_negative:
                spread(lean, [](double weight) { return std::max(0.0, -weight); });
                break;
            case cue_highest:
                of_cue_[extreme([](double a, double b) { return a < b; })] += lean;
                break;
            case cue_lowest:
                of_cue_[extreme([](double a, double b) { return a > b; })] += lean;
                break;
            case cue_last:
                of_cue_.back() += lean;
                break;
            case exclaims:
            case no_cue:
                break;
            default:
                spread(lean, [](double weight) { return std::abs(weight); });
            }
        }
        return sum;
    }

    double add_layer(const SentimentLayer& layer) {
        double sum = 0;
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            if (tokens_[i].kind != TokenKind::word && tokens_[i].kind != TokenKind::symbol) continue;
            const auto word = input_.words.text_of(tokens_[i]);
            const double shift = layer.shift(word);
            if (shift == 0 || is_repeated(i, word)) continue;
            of_token_[i] += shift;
            sum += shift;
        }
        return sum;
    }

    /// The cues alone, where there are no weights.
    double add_cues() {
        double sum = 0;
        for (std::size_t i = 0; i < of_cue_.size(); ++i) sum += of_cue_[i] = cues_.cues[i].weight * kCuesAlone;
        return sum;
    }

    /// The words that decided, in order of the text; `share` turns lean into score.
    std::vector<SentimentWord> words(double share) const {
        struct Piece {
            std::size_t start;
            std::size_t end;
            double weight;
        };
        std::vector<Piece> pieces;
        pieces.reserve(of_cue_.size() + tokens_.size());
        for (std::size_t i = 0; i < of_cue_.size(); ++i)
            pieces.push_back({cues_.cues[i].start, cues_.cues[i].end, of_cue_[i] * share});
        for (std::size_t i = 0; i < tokens_.size(); ++i)
            if (of_token_[i] != 0) pieces.push_back({tokens_[i].start, tokens_[i].end, of_token_[i] * share});
        join_overlapping(pieces);
        const auto weaker = [](const Piece& a, const Piece& b) { return std::abs(a.weight) < std::abs(b.weight); };
        const auto strongest = std::max_element(pieces.begin(), pieces.end(), weaker);
        if (strongest == pieces.end()) return {};
        const double least = std::max(kDeciding, std::abs(strongest->weight) * kDecidingShare);
        std::erase_if(pieces, [&](const Piece& piece) { return std::abs(piece.weight) < least; });
        if (pieces.size() > kMostSentimentWords) {
            std::sort(pieces.begin(), pieces.end(), [&](const Piece& a, const Piece& b) { return weaker(b, a); });
            pieces.resize(kMostSentimentWords);
            std::sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) { return a.start < b.start; });
        }
        std::vector<SentimentWord> out;
        out.reserve(pieces.size());
        for (const auto& piece : pieces)
            out.push_back({std::string(input_.text.substr(piece.start, piece.end - piece.start)), piece.weight});
        return out;
    }

private:
    void add(const SentimentWeights& weights, const std::vector<SentimentGram>& grams, double value,
             SentimentPull& sum) {
        double lean = 0;
        double neutral = 0;
        // No branches: whether a bucket is 0 cannot be foretold.
        for (const auto& gram : grams) {
            const auto pull = weights.gram(gram.hash);
            neutral += pull.neutral;
            lean += pull.lean;
            const double half = pull.lean * value / 2;
            of_token_[gram.token] += half;
            of_token_[gram.second] += half;
        }
        sum.lean += lean * value;
        sum.neutral += neutral * value;
    }

    template <typename Part>
    void spread(double lean, Part part) {
        double whole = 0;
        for (const auto& cue : cues_.cues) whole += part(cue.weight);
        if (whole == 0) return;
        for (std::size_t i = 0; i < of_cue_.size(); ++i) of_cue_[i] += lean * part(cues_.cues[i].weight) / whole;
    }

    template <typename Less>
    std::size_t extreme(Less less) const {
        const auto at = std::max_element(cues_.cues.begin(), cues_.cues.end(),
                                         [&](const auto& a, const auto& b) { return less(a.weight, b.weight); });
        return static_cast<std::size_t>(at - cues_.cues.begin());
    }

    bool is_repeated(std::size_t index, std::string_view word) const {
        for (std::size_t i = 0; i < index; ++i)
            if (tokens_[i].kind == tokens_[index].kind && input_.words.text_of(tokens_[i]) == word) return true;
        return false;
    }

    /// A cue covers its words, negated cues share their negation, a camel-case word covers its parts: these are one.
    template <typename Pieces>
    static void join_overlapping(Pieces& pieces) {
        if (pieces.empty()) return;
        std::sort(pieces.begin(), pieces.end(), [](const auto& a, const auto& b) { return a.start < b.start; });
        std::size_t kept = 0;
        for (std::size_t i = 1; i < pieces.size(); ++i) {
            if (pieces[i].start < pieces[kept].end) {
                pieces[kept].end = std::max(pieces[kept].end, pieces[i].end);
                pieces[kept].weight += pieces[i].weight;
            } else {
                pieces[++kept] = pieces[i];
            }
        }
        pieces.resize(kept + 1);
    }

    const SentimentInput& input_;
    const std::vector<Token>& tokens_;
    const SentimentCues& cues_;
    std::vector<double> of_token_;  ///< lean
    std::vector<double> of_cue_;
};

SentimentPull pull_of_stars(double stars) {
    const double side = std::clamp((stars - 3) / 2, -1.0, 1.0);
    return {side * kStarsLean, (1 - 2 * std::abs(side)) * kMiddleStars};
}

bool is_mixed(const std::vector<SentimentWord>& words) {
    double positive = 0;
    double negative = 0;
    for (const auto& word : words) {
        positive = std::max(positive, word.weight);
        negative = std::max(negative, -word.weight);
    }
    const auto weaker = std::min(positive, negative);
    return weaker >= kMixed && weaker >= kMixedShare * std::max(positive, negative);
}

}  // namespace

const SentimentWeights* sentiment_weights_for(std::string_view language, std::string_view claim,
                                              const TokenizedText& words) {
    const auto& weights = built_in_weights();
    const auto detected = primary_language(language);
    if (detected == "ar") return &*weights.arabic;
    if (detected == "en") return &*weights.english;
    const auto claimed = primary_language(claim);
    if (claimed == "ar") return &*weights.arabic;
    // Few words of Latin script are easily taken for another language than the platform knows them to be.
    if ((claimed == "en" || (claimed.empty() && (detected.empty() || detected == "und"))) && !has_arabic_script(words))
        return &*weights.english;
    return nullptr;
}

Sentiment classify_sentiment(const SentimentInput& input, const SentimentSettings& settings) {
    const auto* weights = sentiment_weights_for(input.language, input.claim, input.words);
    const auto cues = find_cues(input.text, input.words, weights);
    if (input.words.tokens().empty() && cues.cues.empty() && !input.stars) return {};
    Attribution attribution(input, cues);
    SentimentPull pull;
    if (weights) {
        const auto features = sentiment_features(input.text, input.words, cues, weights->kinds());
        const auto grams = attribution.add_grams(*weights, features);
        const auto signals = attribution.add_signals(*weights, features);
        pull.lean = weights->constant().lean + grams.lean + signals.lean;
        pull.neutral = weights->constant().neutral + grams.neutral + signals.neutral;
    } else {
        pull = {attribution.add_cues(), kNeutralAlone};
    }
    if (settings.layer) pull.lean += attribution.add_layer(*settings.layer);
    double of_text = 1;
    if (input.stars) {
        const auto stars = pull_of_stars(*input.stars);
        of_text = kTextBesideStars;
        pull = {pull.lean * of_text + stars.lean, pull.neutral * of_text + stars.neutral};
    }

    const auto p = probabilities(pull);
    Sentiment sentiment;
    sentiment.score = p.positive - p.negative;
    const double confidence = std::max({p.negative, p.neutral, p.positive});
    sentiment.unsure = confidence < settings.confidence_floor || (!weights && !input.stars);
    if (confidence >= settings.confidence_floor && confidence > p.neutral)
        sentiment.label = p.positive > p.negative ? Polarity::positive : Polarity::negative;
    // The score is this multiple of the lean, so a word's share in the lean is its share in the score.
    const double share = std::abs(pull.lean) > 1e-6 ? sentiment.score / pull.lean : 2 / (2 + std::exp(pull.neutral));
    sentiment.words = attribution.words(share * of_text);
    sentiment.mixed = is_mixed(sentiment.words);
    return sentiment;
}

}  // namespace rasid

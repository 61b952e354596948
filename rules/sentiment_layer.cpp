#include "rules/sentiment_layer.hpp"

#include "rules/sentiment.hpp"
#include "rules/sentiment_lexicon.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <set>

namespace rasid {
namespace {

constexpr int kLeastAgreement = 3;  // more corrections for a direction than against it
constexpr int kSteps = 30;
constexpr double kRate = 0.15;
constexpr double kShrinkage = 0.02;  // of a shift, each step
constexpr double kBackOff = 0.5;     // of every shift, while an example is lost
constexpr int kMostBackOffs = 6;
constexpr double kHalfLifeDays = 182;
constexpr std::size_t kShortestWord = 3;  // bytes
constexpr std::size_t kMostCorrections = 20000;

// Words that stand in every text would carry the correction of one text to all others.
constexpr std::array kLittleWords = {
    "the",   "and",  "for",  "you",  "that", "this", "with",  "are", "was",  "have", "has",  "but",   "they",
    "your",  "from", "our",  "all",  "out",  "what", "when",  "who", "how",  "why",  "its",  "it's",  "i'm",
    "their", "she",  "her",  "his",  "him",  "will", "would", "can", "just", "been", "were", "there", "here",
    "about", "then", "than", "them", "من",   "في",   "علي",   "عن",  "الي",  "ان",   "انا",  "انت",   "هو",
    "هي",    "هذا",  "هذه",  "ما",   "لا",   "كل",   "مع",    "او",  "ثم",   "قد",   "كان",  "يا",    "اللي",
    "الله",  "بعد",  "قبل",  "عند",  "هل",   "كيف",  "نحن",   "هم"};

int direction(Polarity right, double score) {
    const double missing = static_cast<double>(static_cast<int>(right)) - score;
    return std::abs(missing) < 0.15 ? 0 : missing > 0 ? 1 : -1;
}

Sentiment judge(std::string_view text, std::string_view language, const SentimentLayer* layer) {
    const auto words = tokenize(text);
    SentimentSettings settings;
    // Borrowed for the call.
    if (layer) settings.layer = std::shared_ptr<const SentimentLayer>(std::shared_ptr<void>(), layer);
    return classify_sentiment({.text = text, .words = words, .language = language}, settings);
}

}  // namespace

class LayerLearner {
public:
    LayerLearner(std::span<const SentimentCorrection> corrections, Instant now) {
        for (const auto& correction : newest_of_each_text(corrections)) {
            Case made{correction, judge(correction->text, correction->language, nullptr).score};
            const double days = static_cast<double>(to_micros(now) - to_micros(correction->at)) / 86400e6;
            made.weight = std::exp2(-std::max(0.0, days) / kHalfLifeDays);
            made.words = words_of(correction->text);
            cases_.push_back(std::move(made));
        }
    }

    SentimentLayer run(std::span<const SentimentExample> keep) {
        count_evidence();
        for (int step = 0; step < kSteps; ++step) descend();
        std::erase_if(layer_.words_, [](const auto& word) { return std::abs(word.second.shift) < 0.01; });
        if (layer_.words_.empty()) return std::move(layer_);
        std::vector<const SentimentExample*> right;
        for (const auto& example : keep)
            if (judge(example.text, example.language, nullptr).label == example.right) right.push_back(&example);
        for (int i = 0; i < kMostBackOffs && loses_any(right); ++i)
            for (auto& [text, word] : layer_.words_) word.shift *= kBackOff;
        if (loses_any(right)) layer_.words_.clear();
        return std::move(layer_);
    }

private:
    struct Case {
        const SentimentCorrection* correction = nullptr;
        double score = 0;  ///< by the built-in weights
        double weight = 1;
        std::vector<std::string> words = {};
    };

    static std::vector<const SentimentCorrection*>
    newest_of_each_text(std::span<const SentimentCorrection> corrections) {
        std::map<std::string_view, const SentimentCorrection*> newest;
        for (const auto& correction : corrections) {
            auto& known = newest[correction.text];
            if (!known || known->at <= correction.at) known = &correction;
        }
        std::vector<const SentimentCorrection*> out;
        for (const auto& [text, correction] : newest) out.push_back(correction);
        if (out.size() > kMostCorrections) {
            std::stable_sort(out.begin(), out.end(), [](const auto* a, const auto* b) { return a->at > b->at; });
            out.resize(kMostCorrections);
        }
        return out;
    }

    static std::vector<std::string> words_of(std::string_view text) {
        const auto words = tokenize(text);
        std::set<std::string, std::less<>> out;
        for (const auto& token : words.tokens()) {
            const auto word = words.text_of(token);
            if (token.kind != TokenKind::symbol && (token.kind != TokenKind::word || word.size() < kShortestWord))
                continue;
            if (std::find(kLittleWords.begin(), kLittleWords.end(), word) != kLittleWords.end() || modifies(word))
                continue;
            out.emplace(word);
        }
        return {out.begin(), out.end()};
    }

    static bool modifies(std::string_view word) {
        const auto& lexicon = SentimentLexicon::built_in();
        const auto hits = lexicon.find(tokenize(word));
        return std::any_of(hits.begin(), hits.end(), [&](const TermHit& hit) {
            return lexicon.entry(hit.term).effect != SentimentLexicon::Effect::weigh;
        });
    }

    void count_evidence() {
        std::map<std::string, std::array<int, 2>> asked;
        for (const auto& one : cases_) {
            const int wanted = direction(one.correction->right, one.score);
            if (wanted == 0) continue;
            for (const auto& word : one.words) ++asked[word][wanted > 0 ? 1 : 0];
        }
        for (const auto& [word, counts] : asked) {
            const auto [down, up] = counts;
            if (std::abs(up - down) < kLeastAgreement) continue;
            layer_.words_[word] = {0, std::max(up, down), std::min(up, down)};
        }
    }

    /// One step of logistic regression on the shifts, each text counting as much as it is fresh.
    void descend() {
        for (const auto& one : cases_) {
            double shift = 0;
            int movable = 0;
            for (const auto& word : one.words) {
                const auto known = layer_.words_.find(word);
                if (known == layer_.words_.end()) continue;
                shift += known->second.shift;
                ++movable;
            }
            if (movable == 0) continue;
            const double lean = std::atanh(std::clamp(one.score, -0.99, 0.99)) * 2 + shift;
            const double missing = static_cast<int>(one.correction->right) - std::tanh(lean / 2);
            for (const auto& word : one.words) {
                const auto known = layer_.words_.find(word);
                if (known == layer_.words_.end()) continue;
                auto& moved = known->second.shift;
                moved += kRate * one.weight * missing / movable;
                moved = std::clamp(moved, -SentimentLayer::kMostShift, SentimentLayer::kMostShift);
            }
        }
        for (auto& [text, word] : layer_.words_) word.shift *= 1 - kShrinkage;
    }

    bool loses_any(const std::vector<const SentimentExample*>& right) const {
        return std::any_of(right.begin(), right.end(), [&](const SentimentExample* example) {
            return judge(example->text, example->language, &layer_).label != example->right;
        });
    }

    std::vector<Case> cases_;
    SentimentLayer layer_;
};

SentimentLayer learn_sentiment(std::span<const SentimentCorrection> corrections, std::span<const SentimentExample> keep,
                               Instant now) {
    return LayerLearner(corrections, now).run(keep);
}

SentimentRegression check_corrections(std::span<const SentimentCorrection> corrections, const SentimentLayer& layer) {
    SentimentRegression out;
    for (std::size_t i = 0; i < corrections.size(); ++i) {
        const auto& correction = corrections[i];
        const bool before = judge(correction.text, correction.language, nullptr).label == correction.right;
        const bool after = judge(correction.text, correction.language, &layer).label == correction.right;
        out.right_before += before;
        out.right_after += after;
        if (!after) out.failing.push_back(i);
        if (before && !after) out.broken.push_back(i);
    }
    return out;
}

}  // namespace rasid

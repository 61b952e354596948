#include "rules/sentiment/cues.hpp"

#include "core/text/word_hash.hpp"
#include "rules/emoticons.hpp"
#include "rules/particles.hpp"
#include "rules/sentiment/weights.hpp"
#include "rules/sentiment_lexicon.hpp"

#include <algorithm>
#include <cmath>

namespace rasid {
namespace {

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

struct Found {
    std::size_t first = 0;  // tokens
    std::size_t last = 0;
    double weight = 0;
    SentimentLexicon::Effect effect = SentimentLexicon::Effect::weigh;
    bool arabic = false;
    std::size_t negation = 0;  // 1 + index of the one that turns it; 0: none
};

class CueFinder {
public:
    CueFinder(std::string_view text, const TokenizedText& words, const SentimentWeights* weights)
        : text_(text), words_(words), tokens_(words.tokens()), weights_(weights) {}

    SentimentCues run() {
        mark_clauses();
        find_lexicon_words();
        if (weights_) add_known_valences();
        strengthen_by_form();
        SentimentCues out;
        out.cues.reserve(found_.size());
        apply_neighbours(out);
        mark_negated(out);
        for (const auto& found : found_) {
            if (found.effect != SentimentLexicon::Effect::weigh) continue;
            SentimentCue cue{tokens_[found.first].start, tokens_[found.last].end, found.weight, found.negation > 0};
            if (cue.negated) {
                const auto& negation = found_[found.negation - 1];
                cue.start = std::min<std::size_t>(cue.start, tokens_[negation.first].start);
            }
            out.cues.push_back(cue);
        }
        add_emoticons(out);
        for (const auto& cue : out.cues) (cue.weight > 0 ? out.positive : out.negative) += cue.weight;
        return out;
    }

private:
    static bool ends_clause(std::string_view gap) {
        if (gap == " ") return false;
        for (std::size_t i = 0; i < gap.size(); ++i) {
            const char c = gap[i];
            if (c == '.' || c == ',' || c == ';' || c == ':' || c == '!' || c == '?' || c == '\n') return true;
            // ، and ؟
            if (c == '\xD8' && i + 1 < gap.size() && (gap[i + 1] == '\x8C' || gap[i + 1] == '\x9F')) return true;
        }
        return false;
    }

    /// A negation does not reach over the end of a clause.
    void mark_clauses() {
        clause_.resize(tokens_.size());
        std::uint32_t clause = 0;
        std::size_t behind = 0;
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            const std::size_t start = tokens_[i].start;
            if (start > behind && ends_clause(text_.substr(behind, start - behind))) ++clause;
            clause_[i] = clause;
            behind = std::max<std::size_t>(behind, tokens_[i].end);
        }
    }

    std::size_t token_at(std::size_t start) const {
        const auto at = std::lower_bound(tokens_.begin(), tokens_.end(), start,
                                         [](const Token& token, std::size_t offset) { return token.start < offset; });
        return static_cast<std::size_t>(at - tokens_.begin());
    }

    /// Lexicon words in order, of overlapping ones the longest.
    void find_lexicon_words() {
        const auto& lexicon = SentimentLexicon::built_in();
        const auto hits = lexicon.find(words_);
        found_.reserve(hits.size());
        for (const auto& hit : hits) {
            const auto& entry = lexicon.entry(hit.term);
            const auto first = token_at(hit.start);
            auto last = first;
            while (last + 1 < tokens_.size() && tokens_[last].end < hit.end) ++last;
            if (first < tokens_.size()) found_.push_back({first, last, entry.weight, entry.effect, false, 0});
        }
        std::sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) {
            if (a.first != b.first) return a.first < b.first;
            if (a.last != b.last) return a.last > b.last;
            return std::abs(a.weight) > std::abs(b.weight);
        });
        std::size_t kept = 0;
        for (std::size_t i = 0; i < found_.size(); ++i)
            if (kept == 0 || found_[i].first > found_[kept - 1].last) found_[kept++] = found_[i];
        found_.resize(kept);
    }

    void add_known_valences() {
        std::vector<Found> merged;
        merged.reserve(found_.size() + tokens_.size() / 2);
        std::size_t next = 0;
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            if (next < found_.size() && found_[next].first == i) {
                merged.push_back(found_[next]);
                i = std::max(i, found_[next].last);
                ++next;
                continue;
            }
            const auto& token = tokens_[i];
            if (token.kind != TokenKind::word && token.kind != TokenKind::symbol) continue;
            auto valence = weights_->valence(token.hash);
            if (token.elongated && valence == 0) valence = weights_->valence(hash_word(words_.doubled_of(token)));
            if (valence != 0) merged.push_back({i, i, valence, SentimentLexicon::Effect::weigh, false, 0});
        }
        found_ = std::move(merged);
    }

    void strengthen_by_form() {
        const auto plain = [](const Token& token) { return token.kind == TokenKind::word; };
        const bool all_shouted = std::all_of(tokens_.begin(), tokens_.end(),
                                             [&](const Token& token) { return !plain(token) || token.shouted; });
        for (auto& found : found_) {
            for (auto i = found.first; i <= found.last; ++i) {
                if (!plain(tokens_[i])) continue;
                found.arabic = is_arabic_word(words_.text_of(tokens_[i]));
                if (tokens_[i].elongated) found.weight *= kElongated;
                if (tokens_[i].shouted && !all_shouted) found.weight *= kShouted;
            }
        }
    }

    std::uint32_t distance(const Found& before, const Found& after) const {
        return tokens_[after.first].position - tokens_[before.last].last_position;
    }

    void apply_neighbours(SentimentCues& out) {
        const auto original = found_;
        for (std::size_t i = 0; i < found_.size(); ++i) {
            auto& word = found_[i];
            if (word.effect != SentimentLexicon::Effect::weigh) continue;
            bool negated = false;
            for (std::size_t j = i; j-- > 0;) {
                const auto& before = original[j];
                const auto away = distance(before, word);
                if (away > kNegationReach || before.effect == SentimentLexicon::Effect::turn ||
                    clause_[before.last] != clause_[word.first])
                    break;
                if (before.effect == SentimentLexicon::Effect::negate) {
                    negated = !negated;
                    word.negation = negated ? j + 1 : 0;
                }
                if (before.effect == SentimentLexicon::Effect::strong && away <= kStrengthReach) word.weight *= kStrong;
                if (before.effect == SentimentLexicon::Effect::weak && away <= kStrengthReach) word.weight *= kWeak;
            }
            if (word.arabic) {
                for (auto j = i + 1; j < found_.size() && distance(word, original[j]) <= kStrengthReach; ++j) {
                    if (original[j].effect == SentimentLexicon::Effect::strong) word.weight *= kStrong;
                    if (original[j].effect == SentimentLexicon::Effect::weak) word.weight *= kWeak;
                }
            }
            if (negated) word.weight *= word.weight > 0 ? kNegatedPositive : kNegatedNegative;
        }
        const auto turn = std::find_if(original.rbegin(), original.rend(), [](const Found& found) {
            return found.effect == SentimentLexicon::Effect::turn;
        });
        if (turn == original.rend()) return;
        out.turns = true;
        for (auto& word : found_) word.weight *= word.first < turn->first ? kBeforeTurn : kAfterTurn;
    }

    void mark_negated(SentimentCues& out) const {
        out.negated.resize(tokens_.size());
        out.in_phrase.resize(tokens_.size());
        for (const auto& found : found_) {
            if (found.last > found.first && found.effect == SentimentLexicon::Effect::weigh)
                std::fill(out.in_phrase.begin() + static_cast<std::ptrdiff_t>(found.first),
                          out.in_phrase.begin() + static_cast<std::ptrdiff_t>(found.last + 1), true);
            if (found.effect != SentimentLexicon::Effect::negate) continue;
            ++out.negations;
            for (auto i = found.last + 1; i < tokens_.size() && clause_[i] == clause_[found.last] &&
                                          tokens_[i].position - tokens_[found.last].last_position <= kNegationReach;
                 ++i)
                out.negated[i] = true;
        }
    }

    void add_emoticons(SentimentCues& out) const {
        for (const auto& face : find_emoticons(text_)) {
            const auto within = [&](const Token& token) { return token.start < face.end && face.start < token.end; };
            if (std::any_of(tokens_.begin(), tokens_.end(),
                            [&](const Token& token) { return token.kind == TokenKind::url && within(token); }))
                continue;
            out.cues.push_back({face.start, face.end, face.weight, false});
        }
    }

    std::string_view text_;
    const TokenizedText& words_;
    const std::vector<Token>& tokens_;
    const SentimentWeights* weights_;
    std::vector<Found> found_;
    std::vector<std::uint32_t> clause_;
};

}  // namespace

SentimentCues find_cues(std::string_view text, const TokenizedText& words, const SentimentWeights* weights) {
    return CueFinder(text, words, weights).run();
}

}  // namespace rasid

#include "rules/sentiment/train/training.hpp"

#include "core/text/word_hash.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <map>
#include <numeric>

namespace rasid::training {
namespace {

/// The place of a label, -1 … 1, among the classes.
std::size_t class_of(std::int64_t label) { return static_cast<std::size_t>(label + 1); }

constexpr double kSure = 0.7;
constexpr std::size_t kLeastTexts = 200;  // of a source whose result says something

/// A text of a source that the model judging it had not seen.
struct Judged {
    SentimentPull pull = {};
    int label = 0;
    std::size_t group = 0;
};

using Confusion = std::array<std::array<double, 3>, 3>;

std::size_t decide(SentimentPull pull) {
    if (pull.neutral >= std::abs(pull.lean)) return 1;
    return pull.lean > 0 ? 2 : 0;
}

double macro_f1(const Confusion& counts) {
    double sum = 0;
    double classes = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        double right = 0;
        double found = 0;
        for (std::size_t j = 0; j < 3; ++j) {
            right += counts[i][j];
            found += counts[j][i];
        }
        if (right + found == 0) continue;
        sum += 2 * counts[i][i] / (right + found);
        classes += 1;
    }
    return classes > 0 ? sum / classes : 0;
}

double recall(const Confusion& counts) {
    double sum = 0;
    double classes = 0;
    for (const auto& row : counts) {
        const auto right = row[0] + row[1] + row[2];
        if (right == 0) continue;
        sum += row[static_cast<std::size_t>(&row - counts.data())] / right;
        classes += 1;
    }
    return classes > 0 ? sum / classes : 0;
}

class Training {
public:
    Training(const Corpus& corpus, const Settings& settings) : settings_(settings) {
        make_lexicon(corpus.valences);
        const auto bytes = SentimentWeights::write(lexicon_);
        const auto lexicon = SentimentWeights::read(bytes);
        assert(lexicon);
        add_examples(examples_, corpus.samples, *lexicon, settings, false);
        labelled_ = examples_.rows.size();
        groups_ = examples_.sources.size();
        add_examples(examples_, corpus.distant, *lexicon, settings, true);
    }

    Trained run() {
        leave_each_out();
        Trained out;
        out.neutral = best_neutral();
        out.temperature = best_temperature(out.neutral);
        for (const auto group : telling_groups()) out.left_out.push_back(score(group, out.neutral, out.temperature));
        std::vector<std::uint32_t> all(examples_.rows.size());
        std::iota(all.begin(), all.end(), 0u);
        auto model = train(examples_, all, settings_);
        model.constant = {0, out.neutral};
        auto parts = quantise(model, out.temperature);
        parts.valence_hashes = lexicon_.valence_hashes;
        parts.valences = lexicon_.valences;
        for (const auto bucket : parts.buckets) out.used_weights += bucket != 0;
        out.bytes = SentimentWeights::write(parts);
        return out;
    }

private:
    void make_lexicon(const std::vector<Valence>& valences) {
        std::map<std::string, std::pair<double, int>> said;
        for (const auto& valence : valences) {
            const auto words = tokenize(valence.word);
            if (words.tokens().size() != 1) continue;
            auto& [sum, count] = said[std::string(words.text_of(words.tokens()[0]))];
            sum += valence.value;
            ++count;
        }
        std::vector<std::pair<std::uint32_t, double>> words;
        for (const auto& [word, means] : said)
            words.emplace_back(sentiment_hash(hash_word(word)), means.first / means.second);
        SentimentWeights::set_valences(lexicon_, words);
        lexicon_.bits = 1;
        lexicon_.buckets.assign(4, 0);
    }

    std::size_t group_count() const { return groups_ > 1 ? groups_ : 2; }

    std::size_t group_of(std::uint32_t row) const { return groups_ > 1 ? examples_.rows[row].source : row % 2; }

    std::vector<std::size_t> telling_groups() const {
        std::vector<std::size_t> sizes(group_count());
        for (std::uint32_t row = 0; row < labelled_; ++row) ++sizes[group_of(row)];
        std::vector<std::size_t> out;
        for (std::size_t group = 0; group < sizes.size(); ++group)
            if (sizes[group] >= kLeastTexts) out.push_back(group);
        if (out.empty()) {
            out.resize(sizes.size());
            std::iota(out.begin(), out.end(), std::size_t{0});
        }
        return out;
    }

    void leave_each_out() {
        for (std::size_t group = 0; group < group_count(); ++group) {
            std::vector<std::uint32_t> rest;
            for (std::uint32_t row = 0; row < examples_.rows.size(); ++row)
                if (row >= labelled_ || group_of(row) != group) rest.push_back(row);
            const auto model = train(examples_, rest, settings_);
            for (std::uint32_t row = 0; row < labelled_; ++row) {
                if (group_of(row) != group) continue;
                const auto& example = examples_.rows[row];
                judged_.push_back({model.pull(examples_, example), example.label, group});
            }
        }
    }

    Confusion confusion(std::size_t group, double neutral) const {
        Confusion counts{};
        for (const auto& judged : judged_) {
            if (judged.group != group) continue;
            const auto found = decide({judged.pull.lean, judged.pull.neutral + neutral});
            counts[class_of(judged.label)][found] += 1;
        }
        return counts;
    }

    /// Raters draw the borders of neutral differently; the constant in the middle loses least on a new set.
    double best_neutral() const {
        double best = 0;
        double best_mean = -1;
        for (double neutral = -0.5; neutral < 1.01; neutral += 0.05) {
            double mean = 0;
            for (const auto group : telling_groups()) mean += macro_f1(confusion(group, neutral));
            if (mean <= best_mean) continue;
            best_mean = mean;
            best = neutral;
        }
        return best;
    }

    /// The lowest temperature that is true to the labels (log loss, each source counting alike) and keeps the promise
    /// of a sure negative.
    double best_temperature(double neutral) const {
        std::vector<double> sizes(group_count());
        for (const auto& judged : judged_) sizes[judged.group] += 1;
        double best = 1;
        double least_loss = 1e300;
        for (double temperature = 0.5; temperature < 3.01; temperature += 0.05) {
            double loss = 0;
            for (const auto& judged : judged_) {
                const auto p =
                    probabilities({judged.pull.lean / temperature, (judged.pull.neutral + neutral) / temperature});
                loss -= std::log(std::max(1e-9, p[class_of(judged.label)])) / sizes[judged.group];
            }
            if (loss >= least_loss) continue;
            least_loss = loss;
            best = temperature;
        }
        for (; best < 3; best += 0.05) {
            double precision = 0;
            for (const auto group : telling_groups()) precision += score(group, neutral, best).negative_precision;
            if (precision / static_cast<double>(telling_groups().size()) >= settings_.sure_precision) break;
        }
        return best;
    }

    LeftOut score(std::size_t group, double neutral, double temperature) const {
        LeftOut out;
        out.source = groups_ > 1 ? examples_.sources[group] : "half " + std::to_string(group + 1);
        std::size_t right = 0;
        for (const auto& judged : judged_) {
            if (judged.group != group) continue;
            ++out.texts;
            const auto p =
                probabilities({judged.pull.lean / temperature, (judged.pull.neutral + neutral) / temperature});
            if (p[2] - p[0] >= -kSure) continue;
            ++out.sure_negative;
            right += judged.label == -1;
        }
        const auto counts = confusion(group, neutral);
        out.macro_f1 = macro_f1(counts);
        out.recall = recall(counts);
        out.negative_precision =
            out.sure_negative > 0 ? static_cast<double>(right) / static_cast<double>(out.sure_negative) : 1;
        return out;
    }

    Settings settings_;
    SentimentWeights::Parts lexicon_;
    Examples examples_;
    std::size_t labelled_ = 0;
    std::size_t groups_ = 0;
    std::vector<Judged> judged_;
};

}  // namespace

Settings settings_for(std::string_view language) {
    Settings settings;
    if (language == "ar") {
        // Words take many forms: their letters carry most of what is learnt, and slowly.
        settings.kinds = {.pairs = false, .characters = 1, .least_letters = 1};
        settings.epochs = 8;
        settings.rate = 0.01;
        settings.sure_precision = 0.86;
    } else {
        settings.kinds = {.pairs = true, .characters = 0.1, .least_letters = 6};
    }
    return settings;
}

Trained make_weights(const Corpus& corpus, const Settings& settings) { return Training(corpus, settings).run(); }

}  // namespace rasid::training

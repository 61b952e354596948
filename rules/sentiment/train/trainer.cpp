#include "rules/sentiment/train/trainer.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>
#include <numeric>

namespace rasid::training {
namespace {

/// SplitMix64: the order of training is part of what is committed, so it must not depend on a library.
class Sequence {
public:
    explicit Sequence(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        auto z = state_ += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
    std::uint64_t below(std::uint64_t limit) { return next() % limit; }

private:
    std::uint64_t state_;
};

constexpr float kTooSmall = 0.01f;  // a step that would move nothing

/// The numbers that FTRL-proximal keeps for a weight.
struct Slot {
    float z = 0;
    float root = 0;  ///< of the sum of squared gradients
};

class Learner {
public:
    Learner(const Examples& examples, const std::vector<std::uint32_t>& rows, const Settings& settings)
        : examples_(examples), order_(rows), settings_(settings), sequence_(settings.seed) {
        model_.bits = settings.bits;
        model_.kinds = settings.kinds;
        model_.buckets.assign(std::size_t{2} << settings.bits, 0);
        slots_.resize(model_.buckets.size());
        sources_.resize(examples.sources.size() * 2);
        source_weights_.resize(sources_.size());
        weigh_samples();
    }

    Model run() {
        for (int epoch = 0; epoch < settings_.epochs; ++epoch) {
            for (std::size_t i = order_.size(); i > 1; --i) std::swap(order_[i - 1], order_[sequence_.below(i)]);
            for (const auto row : order_) step(examples_.rows[row]);
        }
        for (std::size_t i = 0; i < kSentimentSignals; ++i)
            model_.signals[i] = {signal_weights_[i * 2], signal_weights_[i * 2 + 1]};
        for (std::size_t i = 0; i < source_weights_.size(); i += 2)
            model_.source_constants.push_back({source_weights_[i], source_weights_[i + 1]});
        return std::move(model_);
    }

private:
    /// Classes and sources of very different sizes must not drown each other.
    void weigh_samples() {
        std::map<std::pair<std::size_t, int>, double> cells;
        std::map<std::size_t, double> sizes;
        for (const auto row : order_) {
            const auto& example = examples_.rows[row];
            cells[{example.source, example.label}] += 1;
            sizes[example.source] += 1;
        }
        weights_.assign(examples_.sources.size() * 3, 0);
        double total = 0;
        for (const auto& [cell, size] : cells) {
            const auto source_size = sizes[cell.first];
            const auto classes = std::count_if(cells.begin(), cells.end(),
                                               [&](const auto& other) { return other.first.first == cell.first; });
            const auto even = source_size / static_cast<double>(classes) / size;
            const auto weight = std::pow(even, settings_.balance) * std::pow(source_size, -settings_.source_balance);
            weights_[cell.first * 3 + static_cast<std::size_t>(cell.second + 1)] = weight;
            total += weight * size;
        }
        const auto mean = total / static_cast<double>(order_.size());
        for (auto& weight : weights_) weight /= mean;
    }

    void step(const Example& example) {
        const auto* hashes = examples_.hashes.data() + example.first_gram;
        const int shift = 32 - settings_.bits;
        seen_.clear();
        for (std::uint32_t i = 0; i < example.grams; ++i) {
            const bool character = i >= example.grams - example.characters;
            seen_.push_back({(hashes[i] >> shift) * 2, character ? example.character_value : example.gram_value});
        }
        float lean = 0;
        float neutral = 0;
        for (const auto& [at, value] : seen_) {
            lean += model_.buckets[at] * value;
            neutral += model_.buckets[at + 1] * value;
        }
        for (std::size_t i = 0; i < kSentimentSignals; ++i) {
            lean += signal_weights_[i * 2] * example.signals[i];
            neutral += signal_weights_[i * 2 + 1] * example.signals[i];
        }
        const auto own = example.source * 2u;
        const auto p = probabilities({lean + source_weights_[own], neutral + source_weights_[own + 1]});
        double weight = weights_[example.source * 3u + static_cast<std::size_t>(example.label + 1)];
        if (example.distant) weight *= settings_.distant_weight;
        // A distant label says which side, never that there is none.
        const double among = example.distant ? p[0] + p[2] : 1;
        const double side = (p[2] - p[0]) / std::max(1e-9, among) - example.label;
        const auto to_lean = static_cast<float>(weight * side);
        const auto to_neutral =
            example.distant ? 0 : static_cast<float>(weight * (p[1] - (example.label == 0 ? 1 : 0)));
        if (std::abs(to_lean) < kTooSmall && std::abs(to_neutral) < kTooSmall) return;

        const auto l1 = static_cast<float>(settings_.l1);
        const auto l2 = static_cast<float>(settings_.l2);
        for (const auto& [at, value] : seen_) {
            update(slots_[at], model_.buckets[at], to_lean * value, l1, l2);
            update(slots_[at + 1], model_.buckets[at + 1], to_neutral * value, l1, l2);
        }
        for (std::size_t i = 0; i < kSentimentSignals; ++i) {
            const auto x = example.signals[i];
            if (x == 0) continue;
            update(signals_[i * 2], signal_weights_[i * 2], to_lean * x, 0, l2);
            update(signals_[i * 2 + 1], signal_weights_[i * 2 + 1], to_neutral * x, 0, l2);
        }
        update(sources_[own], source_weights_[own], to_lean, 0, 0);
        update(sources_[own + 1], source_weights_[own + 1], to_neutral, 0, 0);
    }

    void update(Slot& slot, float& weight, float gradient, float l1, float l2) const {
        const float root = std::sqrt(slot.root * slot.root + gradient * gradient);
        const float per_rate = 1 / static_cast<float>(settings_.rate);
        slot.z += gradient - (root - slot.root) * per_rate * weight;
        slot.root = root;
        const float beyond = std::abs(slot.z) - l1;
        weight = beyond <= 0 ? 0 : -std::copysign(beyond, slot.z) / ((1 + root) * per_rate + l2);
    }

    const Examples& examples_;
    std::vector<std::uint32_t> order_;
    const Settings& settings_;
    Sequence sequence_;
    Model model_;
    std::vector<Slot> slots_;
    std::array<Slot, kSentimentSignals* 2> signals_ = {};
    std::array<float, kSentimentSignals* 2> signal_weights_ = {};
    std::vector<Slot> sources_;
    std::vector<float> source_weights_;
    std::vector<double> weights_;                        ///< of (source, label)
    std::vector<std::pair<std::uint32_t, float>> seen_;  ///< place of the weights, value
};

std::uint16_t source_number(Examples& examples, const std::string& name) {
    const auto known = std::find(examples.sources.begin(), examples.sources.end(), name);
    if (known != examples.sources.end()) return static_cast<std::uint16_t>(known - examples.sources.begin());
    examples.sources.push_back(name);
    return static_cast<std::uint16_t>(examples.sources.size() - 1);
}

}  // namespace

void add_examples(Examples& examples, const std::vector<Sample>& samples, const SentimentWeights& lexicon,
                  const Settings& settings, bool distant) {
    for (const auto& sample : samples) {
        const auto text = distant ? without_faces(sample.text) : sample.text;
        const auto words = tokenize(text);
        const auto cues = find_cues(text, words, &lexicon);
        const auto features = sentiment_features(text, words, cues, settings.kinds);
        Example example;
        example.first_gram = static_cast<std::uint32_t>(examples.hashes.size());
        example.grams = static_cast<std::uint32_t>(features.grams.size() + features.characters.size());
        example.characters = static_cast<std::uint32_t>(features.characters.size());
        example.gram_value = static_cast<float>(features.gram_value);
        example.character_value = static_cast<float>(features.character_value);
        example.source = source_number(examples, sample.source);
        example.label = static_cast<std::int8_t>(sample.label);
        example.distant = distant;
        for (std::size_t i = 0; i < kSentimentSignals; ++i)
            example.signals[i] = static_cast<float>(features.signals[i]);
        for (const auto* grams : {&features.grams, &features.characters}) {
            for (const auto& gram : *grams) examples.hashes.push_back(gram.hash);
        }
        examples.rows.push_back(example);
    }
}

SentimentPull Model::pull(const Examples& examples, const Example& example) const {
    SentimentPull out;
    for (std::uint32_t i = 0; i < example.grams; ++i) {
        const auto at = (examples.hashes[example.first_gram + i] >> (32 - bits)) * 2;
        const auto value = i >= example.grams - example.characters ? example.character_value : example.gram_value;
        out.lean += static_cast<double>(buckets[at]) * value;
        out.neutral += static_cast<double>(buckets[at + 1]) * value;
    }
    for (std::size_t i = 0; i < kSentimentSignals; ++i) {
        out.lean += signals[i].lean * example.signals[i];
        out.neutral += signals[i].neutral * example.signals[i];
    }
    out.lean += constant.lean;
    out.neutral += constant.neutral;
    return out;
}

Model train(const Examples& examples, const std::vector<std::uint32_t>& rows, const Settings& settings) {
    return Learner(examples, rows, settings).run();
}

std::array<double, 3> probabilities(SentimentPull pull) {
    const double top = std::max({-pull.lean, pull.neutral, pull.lean});
    std::array<double, 3> p = {std::exp(-pull.lean - top), std::exp(pull.neutral - top), std::exp(pull.lean - top)};
    const double sum = p[0] + p[1] + p[2];
    for (auto& x : p) x /= sum;
    return p;
}

SentimentWeights::Parts quantise(const Model& model, double temperature) {
    SentimentWeights::Parts parts;
    parts.bits = model.bits;
    parts.kinds = model.kinds;
    float largest = 0;
    for (const auto weight : model.buckets) largest = std::max(largest, std::abs(weight));
    const double step = largest > 0 ? largest / 127.0 : 1;
    parts.scale = step / temperature;
    parts.buckets.reserve(model.buckets.size());
    for (const auto weight : model.buckets)
        parts.buckets.push_back(static_cast<std::int8_t>(std::lround(weight / step)));
    for (std::size_t i = 0; i < kSentimentSignals; ++i)
        parts.signals[i] = {model.signals[i].lean / temperature, model.signals[i].neutral / temperature};
    parts.constant = {model.constant.lean / temperature, model.constant.neutral / temperature};
    return parts;
}

}  // namespace rasid::training

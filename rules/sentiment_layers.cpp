#include "rules/sentiment_layers.hpp"

#include "core/embedded.hpp"

#include <algorithm>
#include <cassert>

namespace rasid::embedded {
std::span<const EmbeddedFile> sentiment_examples();
}

namespace rasid {
namespace {

SentimentExample parse_example(std::string_view line) {
    const auto first = line.find('\t');
    const auto second = line.find('\t', first + 1);
    const auto label = parse_polarity(line.substr(0, first));
    assert(label && second != std::string_view::npos);
    return {std::string(line.substr(second + 1)), std::string(line.substr(first + 1, second - first - 1)), *label};
}

std::shared_ptr<const SentimentLayer> learn(std::span<const SentimentCorrection> corrections, Instant now) {
    auto keep = kept_examples();
    std::map<std::string_view, const SentimentCorrection*> newest;
    for (const auto& one : corrections) {
        auto& known = newest[one.text];
        if (!known || known->at <= one.at) known = &one;
    }
    for (const auto& [text, one] : newest) keep.push_back({one->text, one->language, one->right});
    return std::make_shared<const SentimentLayer>(learn_sentiment(corrections, keep, now));
}

}  // namespace

const std::vector<SentimentExample>& kept_examples() {
    static const std::vector<SentimentExample> examples = [] {
        std::vector<SentimentExample> read;
        for (const auto& file : embedded::sentiment_examples()) {
            for (auto rest = file.content; !rest.empty();) {
                const auto line = rest.substr(0, rest.find('\n'));
                rest.remove_prefix(std::min(rest.size(), line.size() + 1));
                if (!line.empty() && !line.starts_with('#')) read.push_back(parse_example(line));
            }
        }
        return read;
    }();
    return examples;
}

SentimentLayers learn_layers(std::span<const SentimentCorrection> corrections, Instant now) {
    SentimentLayers layers;
    if (corrections.empty()) return layers;
    std::map<std::string, std::vector<SentimentCorrection>> by_brand;
    for (const auto& one : corrections)
        if (!one.brand.empty()) by_brand[one.brand].push_back(one);
    layers[""] = learn(corrections, now);
    for (const auto& [brand, own] : by_brand) layers[brand] = learn(own, now);
    return layers;
}

}  // namespace rasid

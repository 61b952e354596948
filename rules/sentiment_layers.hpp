#pragma once

#include "rules/sentiment_layer.hpp"

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace rasid {

/// By brand: what its own corrections teach its sources; under the empty name what all of them together teach sources
/// of no brand. Layers are shared by the rule sets that carry them.
using SentimentLayers = std::map<std::string, std::shared_ptr<const SentimentLayer>, std::less<>>;

/// Learns a layer for every brand that has corrections. Kept are `kept_examples` and every corrected text that was
/// right without it. Pure; a second or two for tens of thousands of corrections.
SentimentLayers learn_layers(std::span<const SentimentCorrection> corrections, Instant now);

/// Sentences of daily life in both languages, written for this purpose, whose labels no corrections may turn.
const std::vector<SentimentExample>& kept_examples();

}  // namespace rasid

#pragma once

#include <memory>

namespace rasid {

class SentimentLayer;

/// What a workspace may decide about sentiment.
struct SentimentSettings {
    double confidence_floor = 0.38;  ///< below this probability a label is "neutral, unsure"; 1/3 … 1
    std::shared_ptr<const SentimentLayer> layer = {};  ///< what moderators' corrections taught; shared by rule sets
};

}  // namespace rasid

#pragma once

#include "core/failure.hpp"
#include "core/verdict.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// A text as another classifier is asked about it.
struct SentimentQuestion {
    std::string_view text = {};
    std::string_view language = {};  ///< as detected
};

inline constexpr std::size_t kSentimentBatch = 64;  ///< most questions in one exchange

/// The exchange with a classifier outside, one batch each:
///   POST {"texts":[{"text":"…","language":"ar"},…]}
///   200  {"sentiments":[{"label":"negative","score":-0.8,"words":[{"text":"…","weight":-0.4}]},…]}
/// in the order of the texts. `words` may be left out; without `label` the score's third decides.
std::string sentiment_request(std::span<const SentimentQuestion> questions);

/// Malformed unless the answer has exactly one sentiment a question, each with a score from -1 to 1.
Result<std::vector<Sentiment>> parse_sentiment_response(std::string_view body, std::size_t questions);

}  // namespace rasid

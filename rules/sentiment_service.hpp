#pragma once

#include "core/failure.hpp"
#include "core/mention.hpp"
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

/// What a classifier outside is asked about a page. Refers to its mentions.
struct PageQuestions {
    std::vector<std::size_t> about = {};       ///< index of the mention of each question
    std::vector<std::string_view> texts = {};  ///< in the same order, as is the next
    std::vector<std::string> languages = {};

    std::vector<SentimentQuestion> asked() const;
};

/// One question for every mention but those that have nothing to say and reviews with stars, which say it themselves.
PageQuestions sentiment_questions(std::span<const Mention> mentions);

inline constexpr std::size_t kSentimentBatch = 64;  ///< most questions in one exchange

/// The exchange with a classifier outside, one batch each:
///   POST {"texts":[{"text":"…","language":"ar"},…]}
///   200  {"sentiments":[{"label":"negative","score":-0.8,"words":[{"text":"…","weight":-0.4}]},…]}
/// in the order of the texts. `words` may be left out; without `label` the score's third decides.
std::string sentiment_request(std::span<const SentimentQuestion> questions);

/// Malformed unless the answer has exactly one sentiment a question, each with a score from -1 to 1.
Result<std::vector<Sentiment>> parse_sentiment_response(std::string_view body, std::size_t questions);

}  // namespace rasid

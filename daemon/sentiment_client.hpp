#pragma once

#include "core/clock.hpp"
#include "core/http.hpp"
#include "daemon/metrics.hpp"
#include "rules/sentiment_service.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rasid {

struct SentimentServiceConfig {
    std::string url = {};                                         ///< empty: the built-in model alone
    std::string token = {};                                       ///< sent as a bearer; empty: none
    std::chrono::milliseconds timeout = std::chrono::seconds(2);  ///< for a whole page, however many batches it takes
};

/// Asks an external model about the mentions of a page. Whatever it does not answer, or not in time, stays with the
/// built-in one: trouble is logged once when it begins and once when it ends, and for half a minute nothing is asked,
/// so that a dead service costs a page its timeout and the next ones nothing.
class SentimentClient {
public:
    SentimentClient(HttpClient& http, Clock& clock, Metrics& metrics) : http_(http), clock_(clock), metrics_(metrics) {}

    void configure(SentimentServiceConfig config);
    /// False: asking would answer nothing.
    bool asks() const;

    /// An answer for each question, in order; absent ones were not answered. Ends after the timeout at the latest. What
    /// the questions refer to outlives the call.
    Task<std::vector<std::optional<Sentiment>>> ask(std::vector<SentimentQuestion> questions);

private:
    void succeeded();
    void failed(const Failure& failure);

    HttpClient& http_;
    Clock& clock_;
    Metrics& metrics_;
    std::shared_ptr<const SentimentServiceConfig> config_ = std::make_shared<SentimentServiceConfig>();
    std::optional<Instant> rests_until_;
    bool troubled_ = false;
};

}  // namespace rasid

#pragma once

#include "core/clock.hpp"
#include "daemon/intake.hpp"
#include "daemon/metrics.hpp"
#include "rules/sentiment_layers.hpp"
#include "storage/database.hpp"
#include "web/churn_rates.hpp"

#include <boost/asio/thread_pool.hpp>

#include <memory>

namespace rasid {

/// Keeps the decisions that are in force: made of the stored setup, of what people's corrections taught, and of the
/// churn counted last. Used on the loop thread; compiling and learning run on the worker.
class DecisionDesk {
public:
    DecisionDesk(Database& database, boost::asio::thread_pool& worker, Clock& clock, Metrics& metrics)
        : database_(database), worker_(worker), clock_(clock), metrics_(metrics) {}

    /// Never null; whoever still reads keeps what he got. Empty before the first `load_setup`.
    std::shared_ptr<const Decisions> current() const { return decisions_; }

    /// Another number once a newer setup has been asked for.
    int setup_turn() const { return setup_turn_; }

    /// Reads the stored setup and compiles it.
    Task<void> load_setup();

    /// Learns again from all corrections that count. Those made meanwhile start it again.
    Task<void> learn();

    void remember_churn(const ChurnRates& rates);

private:
    Database& database_;
    boost::asio::thread_pool& worker_;
    Clock& clock_;
    Metrics& metrics_;
    std::shared_ptr<const Decisions> decisions_ = std::make_shared<Decisions>();
    SentimentLayers layers_;  ///< what stands in `decisions_`
    int setup_turn_ = 0;
    int learning_turn_ = 0;
};

}  // namespace rasid

#pragma once

#include "connectors/source_kind.hpp"
#include "daemon/budgeted_http.hpp"
#include "daemon/poll_schedule.hpp"
#include "daemon/poller.hpp"
#include "daemon/task_group.hpp"

#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <optional>
#include <vector>

namespace rasid {

/// One configured source that is polled: its own rhythm, budget and state. Belongs to the poller, whose environment
/// must outlive it.
class SourceRunner {
public:
    SourceRunner(SourceConfig config, const SourceKind& kind, Options options, PollerEnv& env);

    /// Makes the source and what answers for it. Fails where its options contradict each other.
    Result<void> start();
    void run_in_background() { tasks_.spawn("source " + config_.name, run()); }
    Task<void> stop() { co_await tasks_.stop(); }

    Publisher* publisher() { return publisher_.get(); }
    const SourceKind& kind() const { return kind_; }
    const SourceConfig& config() const { return config_; }
    const Options& options() const { return options_; }

    PollingFacts facts() const;
    bool paused() const { return paused_; }
    /// A poll that runs comes to its end.
    void set_paused(bool paused) {
        paused_ = paused;
        nap_.cancel();
    }
    /// Also of a paused source: once.
    void poll_soon() {
        asked_ = true;
        nap_.cancel();
    }

    /// Polls a source of its own from where the stored one stands, within the same budget, and stores nothing.
    Task<Result<SourceTrial>> try_out();

private:
    PollRhythm rhythm() const { return {config_.every, config_.silent_after, kind_.streams}; }
    SourceEnv source_env() { return {http_, env_.sockets, env_.clock, env_.random, env_.files}; }

    Task<void> run();
    Task<void> wait_for_turn(SourceRecord& record);
    Task<SourceRecord> open_record();
    Task<SourceRecord> poll_once(SourceRecord record);
    Task<std::int64_t> take(const Page& page, std::shared_ptr<const Page> shared, Instant since);
    /// Puts what the external model says of the page's texts into their contexts.
    Task<void> ask_about(const Page& page, std::vector<Context>& contexts);

    SourceConfig config_;
    const SourceKind& kind_;
    Options options_;
    PollerEnv& env_;
    BudgetedHttp http_;
    boost::asio::steady_timer nap_;
    bool paused_ = false;
    Instant seen_ = {};  ///< the time by which the next poll was last reckoned
    bool asked_ = false;
    bool polling_ = false;
    std::optional<Instant> promised_until_ = {};
    std::unique_ptr<Source> source_;
    std::unique_ptr<Publisher> publisher_;
    TaskGroup tasks_;
};

}  // namespace rasid

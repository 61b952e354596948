#pragma once

#include "connectors/source_kind.hpp"
#include "daemon/budgeted_http.hpp"
#include "daemon/commit_page.hpp"
#include "daemon/config.hpp"
#include "daemon/metrics.hpp"
#include "daemon/poll_schedule.hpp"
#include "daemon/sentiment_client.hpp"
#include "daemon/task_group.hpp"
#include "web/source_desk.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace rasid {

/// What the pollers need of the rest of the daemon.
struct PollerEnv {
    boost::asio::any_io_executor executor;
    boost::asio::thread_pool& worker;  ///< assesses whole pages
    Database& database;
    HttpClient& http;
    WebSockets& sockets;
    Files& files;
    Clock& clock;
    Random& random;
    Metrics& metrics;
    DuplicateIndex& duplicates;  ///< used on the storage thread
    IncidentDesk& incidents;     ///< used on the storage thread
    SentimentClient& sentiment;
    std::function<std::shared_ptr<const Decisions>()> decisions;
    std::function<void(const CommittedPage&)> on_page;   ///< after the commit
    std::function<void(const SourceRecord&)> on_source;  ///< after its record changed
    TaskGroup::OnFailure on_failure;
    std::string time_zone = "UTC";  ///< of the workspace
    /// The access token that somebody's sign-in brought a source; empty: none.
    std::function<std::string(const SourceConfig&)> granted = {};
};

class SourceRunner;

/// Polls every configured source, each at its own rhythm, and answers where they hear. A failing source never stops the
/// others.
class Poller {
public:
    explicit Poller(PollerEnv env);
    ~Poller();

    /// Starts, restarts and stops sources so that exactly these run. Errors (unreadable secrets, contradicting options)
    /// leave the running sources as they are.
    Task<std::vector<SetupError>> configure(std::vector<SourceConfig> sources);

    /// Starts one of them anew, as it was configured, and polls it at once unless it is paused: what it was granted has
    /// changed. Errors leave it as it is.
    Task<std::vector<SetupError>> restart(std::string source);

    /// Null when the source is unknown or cannot answer. What it does comes to its end also when the source is started
    /// anew meanwhile.
    std::shared_ptr<Publisher> publisher(std::string_view source);
    std::vector<PublishAction> actions_of(std::string_view source) const;

    // What people see and do about a source; of an unknown one nothing.
    std::optional<PollingFacts> facts(std::string_view source) const;
    void set_paused(std::string_view source, bool paused);
    void poll_soon(std::string_view source);
    Task<Result<SourceTrial>> try_out(std::string source);
    /// What a reply through the source to a mention of this platform may look like.
    ReplyForm reply_form_of(std::string_view source, std::string_view platform) const;

    Task<void> stop();

private:
    struct Turn;
    Task<void> wait_for_turn();
    Task<void> stop_runners();
    std::shared_ptr<SourceRunner> make_runner(SourceConfig source, std::vector<SetupError>& errors);

    PollerEnv env_;
    boost::asio::steady_timer free_;  ///< cancelled when nobody starts or stops runners any more
    bool busy_ = false;
    bool ended_ = false;  ///< nothing is started any more
    // Shared with a trial or an answer that outlives a reload.
    std::map<std::string, std::shared_ptr<SourceRunner>, std::less<>> runners_;
};

/// Makes the source of a configuration for one poll by hand.
/// `granted` as for read_options.
Result<std::unique_ptr<Source>> make_source(const SourceConfig& config, SourceEnv env, const std::string& granted = {});

}  // namespace rasid

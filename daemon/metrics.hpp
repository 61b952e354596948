#pragma once

#include "core/instant.hpp"
#include "core/ticket.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace rasid {

/// What the daemon counts, for Prometheus. Safe from every thread.
///
/// Labels come from the configuration or from our own words, never from strangers, so that their number is bounded.
class Metrics {
public:
    Metrics();
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    void build_info(const std::string& version, const std::string& commit);

    void source_fetch(std::string_view source, std::string_view result);  ///< result: "ok" or a Failure::Kind
    void source_success(std::string_view source, Instant at);
    void source_state(std::string_view source, std::string_view state, bool silent);
    void source_removed(std::string_view source);
    void mention_taken(std::string_view source, std::string_view language, Duration published_to_stored);

    void tickets_open(Priority priority, std::string_view state, std::int64_t count);
    void ticket_answered(Priority priority, Duration opened_to_first_response);
    void ticket_breached(Priority priority);

    void mail_queue(std::int64_t length, Duration oldest);           ///< what waits in the outbox; `oldest`: its age
    void mail_send(std::string_view kind, std::string_view result);  ///< result: sent | later | refused
    void reply_sent(std::string_view source, std::string_view result);

    void sentiment_asked(std::string_view result);                          ///< of one batch: "ok" or a Failure::Kind
    void corrections_learnt(std::int64_t corrections, std::int64_t words);  ///< what the layer of all brands knows

    void http_request(std::string_view route, std::string_view method, int status, Duration duration);
    void event_streams(std::int64_t count);
    void database_busy(Duration duration);
    void config_reload(bool success, Instant at);

    /// Everything in the Prometheus text format, with the state of the process as it is at this moment.
    std::string text() const;

private:
    struct Families;
    std::unique_ptr<Families> families_;
};

}  // namespace rasid

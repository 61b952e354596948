#pragma once

#include "core/clock.hpp"
#include "core/random.hpp"
#include "daemon/config.hpp"
#include "daemon/decision_desk.hpp"
#include "daemon/incident_desk.hpp"
#include "daemon/metrics.hpp"
#include "daemon/sign_ins.hpp"
#include "storage/database.hpp"
#include "web/events.hpp"

#include <string>
#include <vector>

namespace rasid {

/// What the upkeep needs of the rest of the daemon.
struct UpkeepEnv {
    Database& database;
    Clock& clock;
    Random& random;
    Metrics& metrics;
    const DecisionDesk& decisions;
    IncidentDesk& incidents;  ///< used on the storage thread
    EventHub& events;
    const Config& config;  ///< read anew each round: a reload may change it
    SignIns& sign_ins;
};

/// What has to be looked after with time alone: promises of open tickets, who has them, incidents, what is old.
class Upkeep {
public:
    explicit Upkeep(UpkeepEnv env) : env_(env) {}

    // Each runs until cancelled.
    Task<void> forget_old();       ///< sessions and what is kept no longer, once an hour
    Task<void> keep_giving();      ///< to people who are here what nobody has
    Task<void> watch_incidents();  ///< ends those whose course has become usual
    Task<void> watch_outbox();     ///< for the metrics
    Task<void> keep_signed_in();   ///< refreshes what platforms granted before it ends

    /// Brings open tickets in line with the setup, a page at a time: others write between two pages. A later edit of
    /// the setup takes over.
    Task<void> retarget_tickets();

    /// The first page of the tickets that nobody here has, for somebody came or left.
    Task<void> give_first_page();

private:
    Task<std::string> give_page(std::string after);

    UpkeepEnv env_;
};

/// Their own tickets' rows tell how many members there are.
void announce_incidents(EventHub& events, const std::vector<IncidentRise>& rises);

}  // namespace rasid

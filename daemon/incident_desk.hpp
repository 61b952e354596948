#pragma once

#include "core/random.hpp"
#include "escalation/incident_series.hpp"
#include "escalation/incident_watch.hpp"
#include "escalation/policies.hpp"
#include "storage/store.hpp"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace rasid {

/// What decides about incidents.
struct IncidentRules {
    IncidentSettings settings = {};
    RuleRoutes routes = {};
};
IncidentRules incident_rules_of(const Setup& setup);

/// What incidents know between two pages; used on the storage thread. The store has all of it: it is read when it is
/// first asked for, after a change of the settings, and after `forget`.
class IncidentDesk {
public:
    IncidentWatch& watch(Reader& reader, const IncidentRules& rules, Instant now);

    /// What was heard since was not stored.
    void forget() { watch_.reset(); }

private:
    std::optional<IncidentWatch> watch_ = {};
};

/// Tickets that incidents may change: those of the page that is being decided.
struct TicketDesk {
    std::function<std::optional<Ticket>(const std::string& id)> ticket;
    std::function<std::vector<TicketEvent>(const Ticket&)> history;
    std::function<void(TicketChange)> change;
};

/// The incidents of one page.
class PageIncidents {
public:
    PageIncidents(IncidentWatch& watch, const IncidentRules& rules, const Policies& policies, TicketDesk desk,
                  Random& random, Instant now)
        : watch_(watch), rules_(rules), policies_(policies), desk_(std::move(desk)), random_(random), now_(now) {}

    /// A mention that may be routed, before it is. True: it is part of an incident that runs.
    bool hear(const StoredMention& stored);

    /// The mention heard last opened this ticket.
    void opened(const std::string& ticket);

    /// What is to be stored with the page.
    std::vector<SeriesHour> hours() const;
    std::vector<IncidentRise> rises() const;

private:
    void count(const WatchedMention& mention);
    void take(const SeriesTurn& turn, const Verdict& verdict);
    bool resume(const std::string& incident);
    void group(const std::string& ticket, const std::string& incident);

    IncidentWatch& watch_;
    const IncidentRules& rules_;
    const Policies& policies_;
    TicketDesk desk_;
    Random& random_;
    Instant now_;
    std::map<std::pair<Series, Instant>, HourCount> hours_ = {};
    std::set<Series> heard_ = {};
};

/// What time did to incidents.
struct IncidentNews {
    std::vector<Ticket> tickets = {};
    std::vector<IncidentRise> rises = {};  ///< that ended
};

/// Ends what has become usual and lets the ladders of its members go on.
IncidentNews tick_incidents(Store& store, IncidentDesk& desk, const IncidentRules& rules, const Policies& policies,
                            Random& random, Instant now);

}  // namespace rasid

#pragma once

#include "core/ticket.hpp"
#include "escalation/report/period.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace rasid {

/// What became of promised times whose verdict was given.
struct Attainment {
    std::int64_t kept = 0;             ///< met in time
    std::int64_t missed = 0;           ///< breached, whether met later or not
    std::int64_t met_late = 0;         ///< of the missed: met by now
    std::int64_t kept_by_pausing = 0;  ///< of the kept: late, had nobody paused

    /// kept ÷ (kept + missed); nullopt: no verdict was given.
    std::optional<double> share() const;
    void add(const TargetClock& clock);

    bool operator==(const Attainment&) const = default;
};

/// When the verdict on a promise was given: the breach, else the moment it was met. nullopt: it runs or stands still.
std::optional<Instant> verdict_at(const TargetClock& clock);

/// Counts the verdicts of a period: each once, on the day it was given, whenever the ticket was opened. A clock without
/// a promise does not exist, so a ticket without targets counts nothing.
class AttainmentCount {
public:
    /// `only`: promises of this kind alone; by target all are counted.
    AttainmentCount(const ReportPeriod& period, std::optional<Target> only) : period_(period), only_(only) {
        days.resize(period.days.size());
    }

    void add(const Ticket& ticket);

    Attainment total = {};
    std::map<Target, Attainment> targets = {};
    std::map<std::string, Attainment> queues = {};
    std::map<std::string, Attainment> people = {};  ///< by who has the ticket now; empty: nobody
    std::array<Attainment, 24> hours = {};          ///< by the hour of the day in which the promise was given
    std::vector<Attainment> days = {};              ///< as in the period

private:
    const ReportPeriod& period_;
    std::optional<Target> only_;
};

}  // namespace rasid

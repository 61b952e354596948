#include "escalation/report/attainment.hpp"

namespace rasid {

std::optional<double> Attainment::share() const {
    const auto all = kept + missed;
    if (all == 0) return std::nullopt;
    return static_cast<double>(kept) / static_cast<double>(all);
}

void Attainment::add(const TargetClock& clock) {
    if (clock.breached_at) {
        ++missed;
        met_late += clock.met_at.has_value();
    } else {
        ++kept;
        kept_by_pausing += clock.kept_by_pausing;
    }
}

std::optional<Instant> verdict_at(const TargetClock& clock) {
    return clock.breached_at ? clock.breached_at : clock.met_at;
}

void AttainmentCount::add(const Ticket& ticket) {
    for (const auto& clock : ticket.clocks) {
        const auto at = verdict_at(clock);
        if (!period_.holds(at)) continue;
        targets[clock.target].add(clock);
        if (only_ && *only_ != clock.target) continue;
        total.add(clock);
        queues[ticket.queue].add(clock);
        people[ticket.assignee].add(clock);
        hours[static_cast<std::size_t>(period_.hour_of(clock.started_at))].add(clock);
        days[period_.day_of(*at)].add(clock);
    }
}

}  // namespace rasid

#include "escalation/counting_row.hpp"

#include "escalation/business_time.hpp"

#include <algorithm>

namespace rasid {

void CountingRow::end_pause(Instant at) {
    if (paused_since) row.paused += business_time_between(&row.hours, *paused_since, at);
    paused_since.reset();
}

void CountingRow::run(Instant at) {
    end_pause(at);
    row.running_since = at;
    if (!row.breached_at) row.due_at = add_business_time(&row.hours, at, row.length - row.used);
}

void CountingRow::halt(Instant at) {
    if (!row.running_since) return;
    counted.push_back({*row.running_since, at});
    row.used += business_time_between(&row.hours, *row.running_since, at);
    row.running_since.reset();
    if (!row.breached_at) row.due_at.reset();
}

void CountingRow::meet(Instant at) {
    const auto due = row.due_at;
    halt(at);
    end_pause(at);
    row.due_at = due;
    row.met_at = at;
    row.kept_by_pausing = !row.breached_at && row.used + row.paused > row.length;
}

bool CountingRow::adopt(const PromisedTarget& promised, Instant at) {
    const auto length = std::max(promised.length - spent_before, Duration::zero());
    if (length == row.length && promised.calendar == row.hours) return false;
    const bool running = row.running_since.has_value();
    halt(at);
    row.hours = promised.calendar;
    row.calendar = promised.calendar.name;
    row.length = length;
    row.used = Duration::zero();
    for (const auto& [from, to] : counted) row.used += business_time_between(&row.hours, from, to);
    if (running) run(at);
    return true;
}

ClockState CountingRow::state_at(Instant now) const {
    if (row.breached_at) return ClockState::breached;
    if (row.met_at) return ClockState::met;
    if (!row.running_since || resumes_at(&row.hours, now)) return ClockState::paused;
    return ClockState::running;
}

}  // namespace rasid

#include "escalation/ladder_steps.hpp"

#include "escalation/business_time.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace rasid {
namespace {

/// Measured from the side of `due_at` on which the share lies: the promised time stays 100 % even when the calendar was
/// edited after it was computed.
Instant moment_of(const Calendar* calendar, const TargetClock& clock, int percent) {
    if (percent == 100) return clock.due_at;
    if (percent > 100) return add_business_time(calendar, clock.due_at, clock.length * (percent - 100) / 100);
    return std::min(add_business_time(calendar, clock.started_at, clock.length * percent / 100), clock.due_at);
}

}  // namespace

std::string step_key(Target target, int percent) {
    return std::string(to_string(target)) + "/" + std::to_string(percent);
}

std::vector<LadderMoment> untaken_steps(const Ticket& ticket, const Policies& policies) {
    std::vector<LadderMoment> moments;
    const Ladder* ladder = policies.ladder(ticket.ladder);
    if (!ladder || ticket.state != TicketState::open || !ticket.acknowledged_by.empty()) return moments;

    std::set<int> shares;
    for (const auto& step : ladder->steps) shares.insert(step.at_percent);
    const std::set<std::string, std::less<>> taken(ticket.notified.begin(), ticket.notified.end());

    for (const auto& clock : ticket.clocks) {
        if (clock.done()) continue;
        int passed = 0;
        for (const auto& key : taken) {
            const auto prefix = std::string(to_string(clock.target)) + "/";
            if (key.starts_with(prefix)) passed = std::max(passed, std::atoi(key.c_str() + prefix.size()));
        }
        for (const int percent : shares) {
            if (percent <= passed) continue;
            moments.push_back({clock.target, percent, moment_of(policies.calendar(clock.calendar), clock, percent)});
        }
    }
    std::ranges::sort(moments, {},
                      [](const LadderMoment& moment) { return std::tuple(moment.at, moment.target, moment.percent); });
    return moments;
}

}  // namespace rasid

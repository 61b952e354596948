#include "engagement/guard.hpp"

#include <algorithm>
#include <utility>

namespace rasid {
namespace {

/// Between the guard's reason and the one that the touch had: it comes back when the guard falls.
constexpr std::string_view kSeparator = "; ";

}  // namespace

Guard guard_of(const Ticket& complaint, Instant now) {
    std::string reason = "open complaint";
    if (complaint.number > 0) reason += ": ticket #" + std::to_string(complaint.number);
    return {.ticket = complaint.id, .since = now, .reason = std::move(reason)};
}

PlannedTouch under_guard(PlannedTouch touch, const Guard& guard) {
    if (!guard.held() || touch.state != TouchState::planned) return touch;
    touch.state = TouchState::held;
    touch.reason = touch.reason.empty() ? guard.reason : guard.reason + std::string(kSeparator) + touch.reason;
    return touch;
}

std::vector<PlannedTouch> under_guard(std::vector<PlannedTouch> touches, const Guard& guard) {
    std::ranges::transform(touches, touches.begin(),
                           [&](PlannedTouch& touch) { return under_guard(std::move(touch), guard); });
    return touches;
}

PlannedTouch released(PlannedTouch touch, const Guard& guard) {
    if (touch.state != TouchState::held) return touch;
    touch.state = TouchState::planned;
    if (touch.reason.starts_with(guard.reason)) touch.reason.erase(0, guard.reason.size());
    if (touch.reason.starts_with(kSeparator)) touch.reason.erase(0, kSeparator.size());
    return touch;
}

PlanChange with_number(PlanChange change, const Ticket& complaint) {
    change.ledger.clear();
    if (!change.guard || change.guard->ticket != complaint.id) return change;
    const auto nameless = *std::exchange(change.guard, guard_of(complaint, change.guard->since.value_or(Instant{})));
    for (auto& touch : change.touches) {
        if (touch.state == TouchState::held) touch = under_guard(released(std::move(touch), nameless), *change.guard);
    }
    return change;
}

}  // namespace rasid

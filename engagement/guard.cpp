#include "engagement/guard.hpp"

#include "engagement/touch_fold.hpp"

#include <algorithm>
#include <utility>

namespace rasid {
namespace {

/// Events of one moment are told in order; the number is known a moment later.
constexpr Duration kMoment{1};

}  // namespace

bool guard_holds(std::string_view kind) {
    return kind == "newsletter" || kind == "greeting_card" || kind == "personal_card" || kind == "gift";
}

bool may_ask_for_referral(const PlannedTouch& touch, const Guard& guard) {
    return !guard.held() && touch.kind != "recovery_call";
}

Guard guard_of(const BadExperience& bad_experience, const Ticket* complaint, Instant now) {
    std::string reason = "open complaint";
    if (complaint && complaint->number > 0) reason += ": ticket #" + std::to_string(complaint->number);
    return {.ticket = bad_experience.id, .since = now, .reason = std::move(reason)};
}

Guard guard_of(const Ticket& complaint, Instant now) {
    return guard_of(BadExperience{.id = complaint.id}, &complaint, now);
}

PlannedTouch with_reason_of_guard(PlannedTouch touch, std::string_view reason) {
    if (touch.state != TouchState::planned) return touch;
    touch.state = TouchState::held;
    touch.reason = std::string(reason) + (touch.reason.empty() ? "" : std::string(kReasonSeparator) + touch.reason);
    return touch;
}

PlannedTouch without_reason_of_guard(PlannedTouch touch, std::string_view reason) {
    if (touch.state != TouchState::held) return touch;
    touch.state = TouchState::planned;
    if (touch.reason.starts_with(reason)) touch.reason.erase(0, reason.size());
    if (touch.reason.starts_with(kReasonSeparator)) touch.reason.erase(0, kReasonSeparator.size());
    return touch;
}

PlannedTouch under_guard(PlannedTouch touch, const Guard& guard) {
    if (!guard.held() || !guard_holds(touch.kind)) return touch;
    return with_reason_of_guard(std::move(touch), guard.reason);
}

std::vector<PlannedTouch> under_guard(std::vector<PlannedTouch> touches, const Guard& guard) {
    std::ranges::transform(touches, touches.begin(),
                           [&](PlannedTouch& touch) { return under_guard(std::move(touch), guard); });
    return touches;
}

PlannedTouch released(PlannedTouch touch, const Guard& guard) {
    return without_reason_of_guard(std::move(touch), guard.reason);
}

PlanChange with_number(PlanChange change, const Ticket& complaint) {
    PlanChange told{
        .customer = change.customer, .touches = std::move(change.touches), .guard = std::move(change.guard)};
    if (!told.guard || told.guard->ticket != complaint.id) return told;
    const auto since = told.guard->since.value_or(Instant{});
    const auto nameless = *std::exchange(told.guard, guard_of(complaint, since));
    TouchChanges changes(told, since + kMoment);
    for (std::size_t i = 0; i < told.touches.size(); ++i) {
        if (told.touches[i].state != TouchState::held) continue;
        changes.release(told.touches[i], nameless);
        changes.hold(told.touches[i], *told.guard);
    }
    return told;
}

}  // namespace rasid

#include "engagement/recovery.hpp"

#include "engagement/guard.hpp"
#include "engagement/reach.hpp"
#include "engagement/touch_fold.hpp"

#include <algorithm>
#include <set>

namespace rasid {
namespace {

using std::chrono::sys_days;

std::set<sys_days> days_with_a_touch(const std::vector<PlannedTouch>& touches, Date today) {
    std::set<sys_days> days;
    for (const auto& touch : touches) {
        if (is_to_come(touch) && touch.due_on >= today) days.insert(touch.due_on);
    }
    return days;
}

/// The next day on which he may be reached and has no touch.
Date take_next(std::set<sys_days>& taken, const Customer& customer, Date after, const WorkingDays& days) {
    auto day = days.next_free(after, taken);
    const auto silent = [&](Date each) {
        return std::ranges::any_of(customer.quiet,
                                   [&](const QuietPeriod& period) { return period.from <= each && each <= period.to; });
    };
    // Two years of silence end the search: then the day is as good as any.
    for (int tries = 0; tries < 520 && silent(day); ++tries) day = days.next_free(day, taken);
    taken.insert(day);
    return day;
}

std::string start_of_recovery_id(const BadExperience& bad_experience) {
    return bad_experience.customer + "-recovery-" + bad_experience.id + "-";
}

void lay_recovery_call(TouchChanges& changes, const PlanState& plan, const BadExperience& resolved, Date day) {
    const auto start = start_of_recovery_id(resolved);
    const auto reach = reach_for(plan.customer, "recovery_call");
    if (reach.channel.empty()) return;
    int before = 0;
    int ordinal = 1;
    for (const auto& touch : plan.touches) {
        if (touch.kind != "recovery_call") continue;
        if (touch.year == static_cast<int>(day.year())) ++ordinal;
        if (!touch.id.starts_with(start)) continue;
        if (touch.state == TouchState::planned) return;
        ++before;
    }
    changes.lay({.id = start + std::to_string(before + 1),
                 .customer = plan.customer.id,
                 .year = static_cast<int>(day.year()),
                 .kind = "recovery_call",
                 .ordinal = ordinal,
                 .due_on = day,
                 .reason = "a complaint was resolved",
                 .plan = plan.customer.plan,
                 .channel = reach.channel,
                 .owner = plan.customer.owner});
}

/// What fell due while it was held comes on the coming days that have no touch, one a day.
void release_all(TouchChanges& changes, const PlanState& plan, Date today, std::set<sys_days>& taken,
                 const WorkingDays& days) {
    std::vector<const PlannedTouch*> held;
    for (const auto& touch : plan.touches) {
        if (touch.state == TouchState::held) held.push_back(&touch);
    }
    std::ranges::stable_sort(held, {}, [](const PlannedTouch* touch) { return sys_days(touch->due_on); });
    for (const auto* touch : held) {
        changes.release(*touch, plan.guard);
        if (touch->due_on < today)
            changes.move(*touch, take_next(taken, plan.customer, today, days), "a complaint was open");
    }
}

}  // namespace

void raise_guard(PlanChange& change, const PlanState& plan, Guard guard, Instant now) {
    TouchChanges changes(change, now);
    for (const auto& touch : plan.touches) {
        if (under_guard(touch, guard) != touch) changes.hold(touch, guard);
    }
    change.guard = std::move(guard);
}

void recover(PlanChange& change, const PlanState& plan, const BadExperience& resolved, Random& random, Instant now,
             const ReactRules& rules) {
    const Date today = utc_date(now);
    auto taken = days_with_a_touch(plan.touches, today);
    TouchChanges changes(change, now);
    const auto call = take_next(taken, plan.customer, today, rules.working_days);
    lay_recovery_call(changes, plan, resolved, call);

    if (const auto* next = other_open_case(plan.cases, resolved.id)) {
        if (plan.guard.ticket != resolved.id) return;
        auto guard = guard_of(*next, nullptr, next->opened_at);
        for (const auto& touch : plan.touches) {
            if (touch.state != TouchState::held || guard.reason == plan.guard.reason) continue;
            changes.release(touch, plan.guard);
            changes.hold(touch, guard);
        }
        change.guard = std::move(guard);
        return;
    }
    if (plan.guard.held()) {
        release_all(changes, plan, today, taken, rules.working_days);
        change.guard = Guard{};
    }
    // Asked once the call was made, not before.
    const Instant ask_at = Instant(sys_days(rules.working_days.next_free(call)));
    if (auto survey =
            lay_survey(SurveyKind::csat, resolved.id, plan.customer, plan.surveys, rules.surveys, random, now, ask_at))
        change.surveys.push_back(std::move(*survey));
}

void call_off_recovery(PlanChange& change, const PlanState& plan, const BadExperience& reopened, Instant now) {
    TouchChanges changes(change, now);
    const auto start = start_of_recovery_id(reopened);
    for (const auto& touch : plan.touches) {
        if (touch.id.starts_with(start) && touch.state == TouchState::planned)
            changes.skip(touch, "the complaint is open again");
    }
    for (auto survey : plan.surveys) {
        const bool waits = !survey.sent_at && !survey.answered_at && survey.expires_at > now;
        if (survey.bad_experience != reopened.id || !waits) continue;
        survey.expires_at = now;
        change.surveys.push_back(std::move(survey));
    }
}

PlanChange guard_by_cases(const PlanState& plan, Instant now, const WorkingDays& days) {
    PlanChange change{.customer = plan.customer.id};
    const auto* open = other_open_case(plan.cases, {});
    if (open && plan.guard.held()) {
        TouchChanges changes(change, now);
        for (const auto& touch : plan.touches) {
            if (under_guard(touch, plan.guard) != touch) changes.hold(touch, plan.guard);
        }
    } else if (open) {
        raise_guard(change, plan, guard_of(*open, nullptr, open->opened_at), now);
    } else if (!open && plan.guard.held()) {
        const Date today = utc_date(now);
        auto taken = days_with_a_touch(plan.touches, today);
        TouchChanges changes(change, now);
        release_all(changes, plan, today, taken, days);
        change.guard = Guard{};
    }
    return change;
}

}  // namespace rasid

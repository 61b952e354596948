#include "engagement/relay.hpp"

#include "engagement/guard.hpp"
#include "engagement/plan.hpp"
#include "engagement/plan_progress.hpp"
#include "engagement/touch_fold.hpp"
#include "engagement/year_layout.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace rasid {
namespace {

using std::chrono::sys_days;

/// Begins the reason of what was skipped for want of a place rather than by a person.
constexpr std::string_view kReasonLeftOut = "left out: ";

bool was_left_out(const PlannedTouch& touch) {
    return touch.state == TouchState::skipped && touch.reason.starts_with(kReasonLeftOut);
}

Customer silent_until(Customer customer, int year, Date today) {
    const sys_days first = std::chrono::year(year) / 1 / 1;
    if (sys_days(today) > first)
        customer.quiet.push_back({Date(first), Date(sys_days(today) - std::chrono::days(1)), "it has passed"});
    return customer;
}

class Relayer {
public:
    Relayer(const PlanState& plan, const PlanTemplate& plan_template, const YearFrame& frame, Date today,
            std::string_view cause, Instant now, const DayLoad* load)
        : plan_(plan), template_(plan_template), frame_(frame), today_(today), cause_(cause),
          silenced_(silent_until(plan.customer, frame.year(), today)),
          layout_(silenced_, frame, load), change_{.customer = plan.customer.id}, changes_(change_, now),
          fresh_(lay_out_year(plan_template, plan.customer, frame, today, load).touches) {}

    PlanChange lay() && {
        std::vector<std::string> kinds;
        const auto name = [&](const std::string& kind) {
            if (counts_in_plan(kind) && std::ranges::find(kinds, kind) == kinds.end()) kinds.push_back(kind);
        };
        for (const auto& touch : template_.touches) name(touch.kind);
        for (const auto& touch : plan_.touches) name(touch.kind);
        std::vector<Work> work;
        for (const auto& kind : kinds) {
            if (kind != "follow_up_note") work.push_back(match(kind));
        }
        // All that stays takes its day before anything looks for a new one.
        for (auto& each : work) place(each);
        lay_notes();
        return std::move(change_);
    }

private:
    using Touch = const PlannedTouch*;
    struct Work {
        std::string kind = {};
        std::vector<Touch> loose = {};    ///< touches without a good day
        std::vector<Touch> desired = {};  ///< places without a touch
        int room_for_new = 0;
    };

    int count_of(std::string_view kind) const {
        int count = 0;
        for (const auto& touch : template_.touches) count += touch.kind == kind ? std::max(touch.count, 0) : 0;
        return count;
    }

    bool is_ours(const PlannedTouch& touch, std::string_view kind) const {
        return touch.kind == kind && touch.year == frame_.year();
    }
    bool is_open_to_change(const PlannedTouch& touch) const {
        return touch.due_on >= today_ && (is_to_come(touch) || was_left_out(touch));
    }

    bool is_allowed(Date day) const {
        const bool silent = std::ranges::any_of(
            silenced_.quiet, [&](const QuietPeriod& period) { return period.from <= day && day <= period.to; });
        return !silent && std::ranges::binary_search(frame_.days(), sys_days(day));
    }

    Work match(const std::string& kind) {
        Work work{.kind = kind};
        std::vector<Touch> open;
        int rows = 0;
        int spent = 0;
        for (const auto& touch : plan_.touches) {
            if (!is_ours(touch, kind)) continue;
            ++rows;
            if (is_open_to_change(touch))
                open.push_back(&touch);
            else
                ++spent;
        }
        work.room_for_new = std::max(count_of(kind) - rows, 0);
        for (const auto& touch : fresh_) {
            if (touch.kind == kind) work.desired.push_back(&touch);
        }
        trim(work.desired, std::max(count_of(kind) - spent, 0));

        for (const auto* touch : open) {
            if (is_to_come(*touch) && keep(*touch, work.desired)) continue;
            work.loose.push_back(touch);
        }
        return work;
    }

    /// The days of occasions come before all others, early ones before late ones.
    static void trim(std::vector<Touch>& desired, int room) {
        std::ranges::stable_partition(desired, [](Touch touch) { return !touch->occasion.empty(); });
        if (desired.size() > static_cast<std::size_t>(room)) desired.resize(static_cast<std::size_t>(room));
    }

    /// Whether a touch may stay where it is, or follows its own occasion.
    bool keep(const PlannedTouch& touch, std::vector<Touch>& desired) {
        const auto place = std::ranges::find_if(desired, [&](Touch each) { return each->occasion == touch.occasion; });
        if (place == desired.end()) return false;
        const auto wanted = **place;
        const bool good = is_allowed(touch.due_on) && (touch.occasion.empty() || touch.due_on == wanted.due_on);
        if (!good && touch.occasion.empty()) return false;
        desired.erase(place);
        const auto day = good ? touch.due_on : wanted.due_on;
        layout_.occupy(day);
        refit(touch, wanted);
        if (day != touch.due_on) changes_.move(touch, day, cause_);
        return true;
    }

    /// The same touch on the same day for another template, by another channel, on another list.
    void refit(const PlannedTouch& touch, const PlannedTouch& wanted) {
        auto fitted = touch;
        fitted.plan = wanted.plan;
        fitted.channel = wanted.channel;
        fitted.owner = wanted.owner;
        if (fitted != touch) changes_.lay(fitted);
    }

    void place(Work& work) {
        std::size_t next = 0;
        for (const auto* touch : work.loose) {
            if (next < work.desired.size())
                put(*touch, *work.desired[next++]);
            else if (is_to_come(*touch))
                leave_out(*touch, cause_);
        }
        int ordinal = 0;
        for (const auto& touch : plan_.touches) {
            if (is_ours(touch, work.kind)) ordinal = std::max(ordinal, touch.ordinal);
        }
        for (; next < work.desired.size() && work.room_for_new > 0; ++next, --work.room_for_new) {
            auto touch = *work.desired[next];
            touch.ordinal = ++ordinal;
            touch.id = plan_.customer.id + "-" + std::to_string(touch.year) + "-" + touch.kind + "-" +
                       std::to_string(touch.ordinal);
            touch.due_on = layout_.take_near(touch.due_on).value_or(touch.due_on);
            if (touch.reason.empty()) touch.reason = cause_;
            changes_.lay(under_guard(std::move(touch), plan_.guard));
        }
    }

    void put(const PlannedTouch& touch, const PlannedTouch& wanted) {
        const auto day = layout_.take_near(wanted.due_on);
        if (!day) return leave_out(touch, "no day is allowed");
        if (is_to_come(touch) && touch.occasion.empty() && wanted.occasion.empty()) {
            refit(touch, wanted);
            if (touch.due_on != *day) changes_.move(touch, *day, cause_);
            return;
        }
        auto anew = wanted;
        anew.id = touch.id;
        anew.ordinal = touch.ordinal;
        anew.due_on = *day;
        if (anew.reason.empty()) anew.reason = cause_;
        changes_.lay(under_guard(std::move(anew), plan_.guard));
    }

    void leave_out(const PlannedTouch& touch, std::string_view why) {
        if (!is_to_come(touch)) return;
        if (touch.state == TouchState::held) changes_.release(touch, plan_.guard);
        changes_.skip(touch, std::string(kReasonLeftOut) + std::string(why));
    }

    PlannedTouch as_it_stands(const std::string& id) const {
        for (const auto& touch : change_.touches) {
            if (touch.id == id) return touch;
        }
        for (const auto& touch : plan_.touches) {
            if (touch.id == id) return touch;
        }
        return {};
    }

    /// A note stays with its call.
    void lay_notes() {
        const auto sample = std::ranges::find(fresh_, std::string_view("follow_up_note"),
                                              [](const PlannedTouch& touch) { return std::string_view(touch.kind); });
        int room = count_of("follow_up_note");
        for (const auto& note : plan_.touches) {
            if (is_ours(note, "follow_up_note") && !is_open_to_change(note)) --room;
        }
        for (const auto& note : plan_.touches) {
            if (!is_ours(note, "follow_up_note") || !is_open_to_change(note)) continue;
            const auto call = as_it_stands(note.follows);
            const bool stands = call.state != TouchState::skipped && !call.id.empty();
            if (sample == fresh_.end() || !stands || room <= 0) {
                leave_out(note, cause_);
                continue;
            }
            --room;
            auto anew = note;
            if (was_left_out(note)) {
                anew.state = TouchState::planned;
                anew.reason = "follows call " + std::to_string(call.ordinal);
            }
            anew.plan = sample->plan;
            anew.channel = sample->channel;
            anew.owner = sample->owner;
            if (anew != note) changes_.lay(anew);
            const bool behind = sys_days(note.due_on) >= sys_days(call.due_on) + std::chrono::days(1);
            const bool same_call = call.due_on == due_before(note.follows);
            if (is_allowed(note.due_on) && behind && (same_call || call.state == TouchState::done)) continue;
            const auto day = layout_.take_after(sys_days(call.due_on) + kNoteDelay);
            if (day && *day != note.due_on) changes_.move(note, *day, cause_);
        }
    }

    Date due_before(const std::string& id) const {
        const auto touch = std::ranges::find(plan_.touches, id, &PlannedTouch::id);
        return touch == plan_.touches.end() ? Date{} : touch->due_on;
    }

    const PlanState& plan_;
    const PlanTemplate& template_;
    const YearFrame& frame_;
    Date today_;
    std::string cause_;
    Customer silenced_;
    YearLayout layout_;
    PlanChange change_;
    TouchChanges changes_;
    std::vector<PlannedTouch> fresh_;
};

}  // namespace

PlanChange lay_out_anew(const PlanState& plan, const PlanTemplate& plan_template, const YearFrame& frame, Date today,
                        std::string_view cause, Instant now, const DayLoad* load) {
    return Relayer(plan, plan_template, frame, today, cause, now, load).lay();
}

PlanChange lay_out_first(const PlanState& plan, const PlanTemplate& plan_template, const YearFrame& frame, Date from,
                         Instant now, const DayLoad* load) {
    PlanChange change{.customer = plan.customer.id};
    TouchChanges changes(change, now);
    for (auto& touch : lay_out_year(plan_template, plan.customer, frame, from, load).touches)
        changes.lay(under_guard(std::move(touch), plan.guard));
    return change;
}

}  // namespace rasid

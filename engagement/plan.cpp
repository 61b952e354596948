#include "engagement/plan.hpp"

#include "engagement/guard.hpp"
#include "engagement/year_layout.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace rasid {
namespace {

constexpr int kNoteDelayDays = 3;

Date birthday_in(Date birthday, int year) {
    const Date day = std::chrono::year(year) / birthday.month() / birthday.day();
    return day.ok() ? day : std::chrono::year(year) / birthday.month() / std::chrono::last;
}

class PlanWriter {
public:
    PlanWriter(const PlanTemplate& plan, const Customer& customer, int year, Date from)
        : plan_(plan), customer_(customer), year_(year), from_(from), layout_(customer.id, year) {}

    std::vector<PlannedTouch> write() && {
        // What is bound to a day comes first; notes follow their calls; the rest fills what is left.
        put_birthday_card();
        put_evenly("newsletter");
        put_evenly("call");
        put_notes();
        for (const auto& touch : plan_.touches) put_evenly(touch.kind);
        std::ranges::sort(touches_, {}, [](const PlannedTouch& touch) {
            return std::tuple(std::chrono::sys_days(touch.due_on), touch.kind, touch.ordinal);
        });
        return std::move(touches_);
    }

private:
    int count_of(std::string_view kind) const {
        int count = 0;
        for (const auto& touch : plan_.touches) {
            if (touch.kind == kind) count += std::max(touch.count, 0);
        }
        return count;
    }

    void put(const std::string& kind, Date day, std::string reason, bool owed) {
        const int ordinal = ++placed_[kind];
        if (!owed || day < from_) return;
        touches_.push_back(
            {.id = customer_.id + "-" + std::to_string(year_) + "-" + kind + "-" + std::to_string(ordinal),
             .customer = customer_.id,
             .year = year_,
             .kind = kind,
             .ordinal = ordinal,
             .due_on = day,
             .reason = std::move(reason)});
    }

    void put_birthday_card() {
        if (!customer_.birthday || count_of("personal_card") == 0) return;
        put("personal_card", layout_.take_near(birthday_in(*customer_.birthday, year_)), "birthday", true);
    }

    void put_evenly(const std::string& kind) {
        const int missing = count_of(kind) - placed_[kind];
        for (int slot = 0; slot < missing; ++slot) {
            const Date day = layout_.take_in_slot(kind, slot, missing);
            if (kind == "call") calls_.push_back(day);
            put(kind, day, {}, true);
        }
    }

    void put_notes() {
        const auto calls = static_cast<int>(calls_.size());
        const int notes = std::min(count_of("follow_up_note"), calls);
        for (int note = 0; note < notes; ++note) {
            const auto call = static_cast<std::size_t>(note * calls / notes);
            const Date day =
                layout_.take_after(std::chrono::sys_days(calls_[call]) + std::chrono::days(kNoteDelayDays));
            // A call that is not owed leaves nothing to follow up.
            put("follow_up_note", day, "follows call " + std::to_string(call + 1), calls_[call] >= from_);
        }
    }

    const PlanTemplate& plan_;
    const Customer& customer_;
    int year_;
    Date from_;
    YearLayout layout_;
    std::map<std::string, int, std::less<>> placed_;
    std::vector<Date> calls_;
    std::vector<PlannedTouch> touches_;
};

std::string channel_of(std::string_view kind) {
    if (kind == "call") return "phone";
    if (kind == "newsletter" || kind == "follow_up_note") return "mail";
    return "post";
}

Failure refused(std::string why) { return {Failure::Kind::refused, std::move(why)}; }

}  // namespace

PlanTemplate default_plan() {
    return {.name = "clients for life",
            .touches = {{"newsletter", 12},
                        {"greeting_card", 7},
                        {"call", 5},
                        {"follow_up_note", 3},
                        {"personal_card", 4},
                        {"gift", 2}}};
}

std::vector<PlannedTouch> lay_out_year(const PlanTemplate& plan, const Customer& customer, int year, Date from) {
    return PlanWriter(plan, customer, year, from).write();
}

PlanProgress progress_of(std::span<const PlannedTouch> touches, Date today) {
    PlanProgress progress{.total = static_cast<int>(touches.size())};
    for (const auto& touch : touches) {
        if (touch.state == TouchState::done) ++progress.done;
        if (touch.state == TouchState::held) ++progress.held;
        if (touch.state == TouchState::planned && touch.due_on < today) ++progress.late;
    }
    return progress;
}

Result<PlanChange> mark_touch(const Customer& customer, const PlannedTouch& touch, std::string_view action,
                              const Guard& guard, Random& random, Instant now) {
    const bool waits = touch.state == TouchState::planned || touch.state == TouchState::held;
    PlannedTouch after = touch;
    PlanChange change{.customer = customer.id};
    const auto record = [&](std::string kind, std::string text) {
        change.ledger.push_back({.id = new_id(random, now),
                                 .customer = customer.id,
                                 .at = now,
                                 .direction = Direction::outbound,
                                 .channel = channel_of(touch.kind),
                                 .kind = std::move(kind),
                                 .text = std::move(text)});
    };

    if (action == "done") {
        if (touch.state == TouchState::held) return refused("the touch is held: " + touch.reason);
        if (touch.state != TouchState::planned) return refused("only a planned touch can be marked done");
        after.state = TouchState::done;
        after.done_at = now;
        record(touch.kind, {});
    } else if (action == "skip") {
        if (!waits) return refused("only a touch that is still to come can be skipped");
        after = released(std::move(after), guard);
        after.state = TouchState::skipped;
    } else if (action == "reopen") {
        if (waits) return refused("the touch is open");
        if (touch.state == TouchState::done)
            record("correction", touch.kind + " " + std::to_string(touch.ordinal) + ": not done");
        after.state = TouchState::planned;
        after.done_at.reset();
        after = under_guard(std::move(after), guard);
    } else {
        return refused("there is no such action; use done, skip or reopen");
    }
    change.touches.push_back(std::move(after));
    return change;
}

}  // namespace rasid

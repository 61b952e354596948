#include "engagement/plan.hpp"

#include "engagement/reach.hpp"
#include "engagement/year_layout.hpp"

#include <algorithm>
#include <numeric>
#include <span>

namespace rasid {
namespace {

struct Occurrence {
    Date day = {};
    std::string name = {};
};

Date this_year(Date day, int year) {
    const Date same = std::chrono::year(year) / day.month() / day.day();
    return same.ok() ? same : std::chrono::year(year) / day.month() / std::chrono::last;
}

/// The days of the year that are his own: birthday, anniversaries, the day of his first purchase.
std::vector<Occurrence> own_days(const Customer& customer, int year) {
    std::vector<Occurrence> days;
    if (customer.birthday) days.push_back({this_year(*customer.birthday, year), "birthday"});
    for (const auto& anniversary : customer.anniversaries) {
        if (static_cast<int>(anniversary.date.year()) < year)
            days.push_back({this_year(anniversary.date, year), anniversary.name});
    }
    const auto first = std::ranges::min_element(customer.purchases, {},
                                                [](const Purchase& each) { return std::chrono::sys_days(each.date); });
    if (first != customer.purchases.end() && static_cast<int>(first->date.year()) < year)
        days.push_back({this_year(first->date, year), "purchase anniversary"});
    return days;
}

/// The occasions that he keeps, the dearest first.
std::vector<Occurrence> kept_occasions(const PlanTemplate& plan, const Customer& customer, const YearFrame& frame) {
    std::vector<Occurrence> days;
    const auto add = [&](const std::string& key) {
        for (const auto day : frame.days_of_occasion(key)) days.push_back({day, key});
    };
    for (const auto& key : plan.occasions) {
        if (std::ranges::find(customer.occasions, key) != customer.occasions.end()) add(key);
    }
    if (!plan.occasions.empty()) return days;
    for (const auto& key : customer.occasions) add(key);
    return days;
}

/// Places one customer's touches, kind by kind.
class PlanWriter {
public:
    PlanWriter(const PlanTemplate& plan, const Customer& customer, const YearFrame& frame, Date from,
               const DayLoad* load)
        : plan_(plan), customer_(customer), frame_(frame), from_(from), layout_(customer, frame, load) {
        id_start_ = customer.id + "-" + std::to_string(frame.year()) + "-";
    }

    LaidYear write() && {
        for (const auto& touch : plan_.touches) {
            auto& kind = kind_of(touch.kind);
            kind.count += std::max(touch.count, 0);
        }
        int wanted = 0;
        for (auto& kind : kinds_) {
            reach(kind);
            wanted += kind.count;
        }
        year_.touches.reserve(static_cast<std::size_t>(wanted));
        // What is bound to a day comes first; notes follow their calls; the rest fills what is left.
        if (auto* cards = find("personal_card")) put_bound(*cards, own_days(customer_, frame_.year()));
        if (auto* cards = find("greeting_card")) put_bound(*cards, kept_occasions(plan_, customer_, frame_));
        if (auto* letters = find("newsletter")) put_evenly(*letters);
        if (auto* calls = find("call")) put_evenly(*calls);
        if (auto* notes = find("follow_up_note")) put_notes(*notes);
        for (auto& kind : kinds_) put_evenly(kind);
        for (const auto& kind : kinds_) {
            if (kind.missed > 0) year_.left_out.push_back({kind.name, kind.missed, kind.why_missed});
        }
        put_in_order();
        return std::move(year_);
    }

private:
    struct Kind {
        std::string name = {};
        int count = 0;
        int placed = 0;
        std::string channel = {};
        int missed = 0;
        std::string why_missed = {};
    };

    Kind* find(std::string_view name) {
        const auto found = std::ranges::find(kinds_, name, &Kind::name);
        return found == kinds_.end() ? nullptr : &*found;
    }
    Kind& kind_of(const std::string& name) {
        if (auto* known = find(name)) return *known;
        return kinds_.emplace_back(Kind{.name = name});
    }

    void miss(Kind& kind, int count, std::string why) {
        kind.placed += count;
        kind.missed += count;
        kind.why_missed = std::move(why);
    }

    void reach(Kind& kind) {
        auto reach = reach_for(customer_, kind.name, frame_.rules().newsletters_by_consent_only);
        if (reach.channel.empty())
            miss(kind, kind.count, std::move(reach.why));
        else
            kind.channel = std::move(reach.channel);
    }

    /// Its id, where it is owed.
    std::string put(Kind& kind, std::optional<Date> day, PlannedTouch touch = {}) {
        if (!day) return miss(kind, 1, "no day of the year is allowed"), std::string();
        touch.ordinal = ++kind.placed;
        if (*day < from_) return {};
        touch.id = id_start_ + kind.name + "-" + std::to_string(touch.ordinal);
        touch.customer = customer_.id;
        touch.year = frame_.year();
        touch.kind = kind.name;
        touch.due_on = *day;
        touch.plan = plan_.name;
        touch.channel = kind.channel;
        touch.owner = customer_.owner;
        year_.touches.push_back(std::move(touch));
        return year_.touches.back().id;
    }

    /// Moves each touch once: they are large, and there may be millions.
    void put_in_order() {
        auto& touches = year_.touches;
        std::vector<std::size_t> order(touches.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::ranges::sort(order, [&](std::size_t left, std::size_t right) {
            const auto& first = touches[left];
            const auto& second = touches[right];
            if (first.due_on != second.due_on) return first.due_on < second.due_on;
            return first.kind != second.kind ? first.kind < second.kind : first.ordinal < second.ordinal;
        });
        std::vector<PlannedTouch> sorted;
        sorted.reserve(touches.size());
        for (const auto index : order) sorted.push_back(std::move(touches[index]));
        touches = std::move(sorted);
    }

    void put_bound(Kind& kind, std::vector<Occurrence> days) {
        const auto room = static_cast<std::size_t>(std::max(kind.count - kind.placed, 0));
        if (days.size() > room) days.resize(room);
        std::ranges::stable_sort(days, {}, [](const Occurrence& each) { return std::chrono::sys_days(each.day); });
        for (const auto& [day, name] : days) put(kind, layout_.take_near(day), {.reason = name, .occasion = name});
    }

    void put_evenly(Kind& kind) {
        const int missing = kind.count - kind.placed;
        for (int slot = 0; slot < missing; ++slot) {
            const auto day = layout_.take_in_slot(kind.name, slot, missing);
            auto id = put(kind, day);
            if (kind.name == "call" && day) calls_.push_back({*day, std::move(id)});
        }
    }

    void put_notes(Kind& notes) {
        const auto calls = static_cast<int>(calls_.size());
        const auto* call_kind = find("call");
        if (calls == 0 && call_kind && call_kind->missed > 0)
            return miss(notes, notes.count - notes.placed, "the calls to follow cannot be made");
        const int bound = std::min(notes.count - notes.placed, calls);
        for (int note = 0; note < bound; ++note) {
            const auto index = note * calls / bound;
            const auto& [call, id] = calls_[static_cast<std::size_t>(index)];
            const auto day = layout_.take_after(std::chrono::sys_days(call) + kNoteDelay);
            // A call that is not owed leaves nothing to follow up.
            if (call < from_)
                ++notes.placed;
            else
                put(notes, day, {.reason = "follows call " + std::to_string(index + 1), .follows = id});
        }
    }

    const PlanTemplate& plan_;
    const Customer& customer_;
    const YearFrame& frame_;
    Date from_;
    YearLayout layout_;
    std::string id_start_;
    std::vector<Kind> kinds_;
    std::vector<std::pair<Date, std::string>> calls_;
    LaidYear year_;
};

std::vector<TouchCount> thirty_three() {
    return {{"newsletter", 12},    {"greeting_card", 7}, {"call", 5},
            {"follow_up_note", 3}, {"personal_card", 4}, {"gift", 2}};
}

}  // namespace

PlanTemplate default_plan() { return shipped_plans().front(); }

std::vector<PlanTemplate> shipped_plans() {
    return {{.name = std::string(kClientsForLife), .touches = thirty_three()},
            {.name = std::string(kAdvocates), .touches = thirty_three()}};
}

PlanTemplate plan_named(std::span<const PlanTemplate> plans, std::string_view name) {
    const auto named = std::ranges::find(plans, name, &PlanTemplate::name);
    if (named != plans.end()) return *named;
    const auto shipped = shipped_plans();
    const auto known = std::ranges::find(shipped, name, &PlanTemplate::name);
    if (known != shipped.end()) return *known;
    return plans.empty() ? shipped.front() : plans.front();
}

LaidYear lay_out_year(const PlanTemplate& plan, const Customer& customer, const YearFrame& frame, Date from,
                      const DayLoad* load) {
    return PlanWriter(plan, customer, frame, from, load).write();
}

std::vector<PlannedTouch> lay_out_year(const PlanTemplate& plan, const Customer& customer, int year, Date from) {
    return lay_out_year(plan, customer, YearFrame(year), from).touches;
}

}  // namespace rasid

#include "escalation/rungs.hpp"

#include "core/people.hpp"
#include "escalation/business_time.hpp"
#include "escalation/rota.hpp"
#include "escalation/ticket_change.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace rasid {
namespace {

constexpr std::string_view kMail = "mail";

std::string prefix_of(Target target, int round) {
    return std::string(to_string(target)) + "/" + std::to_string(round) + "/";
}

std::string unacknowledged_key(Duration time) {
    return "unacknowledged/" + std::to_string(std::chrono::floor<std::chrono::seconds>(time).count());
}

/// Measured from the side of `due_at` on which the share lies. nullopt while the clock stands still.
std::optional<Instant> moment_of(const Calendar* calendar, const TargetClock& clock, int percent) {
    if (!clock.running_since || !clock.due_at) return std::nullopt;
    if (percent == 100) return clock.due_at;
    if (percent > 100) return add_business_time(calendar, *clock.due_at, clock.length * (percent - 100) / 100);
    const auto left = std::max(clock.length * percent / 100 - clock.used, Duration::zero());
    return std::min(add_business_time(calendar, *clock.running_since, left), *clock.due_at);
}

/// The highest share of the clock that was taken; 0: none.
int passed(const TargetClock& clock, const std::vector<std::string>& taken) {
    const auto prefix = prefix_of(clock.target, clock.round);
    int highest = 0;
    for (const auto& step : taken) {
        if (!step.starts_with(prefix)) continue;
        int percent = 0;
        std::from_chars(step.data() + prefix.size(), step.data() + step.size(), percent);
        highest = std::max(highest, percent);
    }
    return highest;
}

void add_shares(std::vector<RungMoment>& moments, const Ladder& ladder, const Ticket& ticket,
                const Policies& policies) {
    for (const auto& clock : ticket.clocks) {
        if (!clock.open()) continue;
        const int taken = passed(clock, ticket.notified);
        const auto prefix = prefix_of(clock.target, clock.round);
        for (const auto& rung : ladder.steps) {
            if (!rung.at_percent || *rung.at_percent <= taken) continue;
            if (const auto at = moment_of(policies.calendar(clock.calendar), clock, *rung.at_percent))
                moments.push_back({&rung, prefix + std::to_string(*rung.at_percent), *at, clock.target, clock.round});
        }
    }
}

/// Counted in the working time of the ticket's first promise, that of a hold too: what it holds back is due at its end.
void add_minutes(std::vector<RungMoment>& moments, const Ladder& ladder, const Ticket& ticket,
                 const Policies& policies) {
    if (ticket.status == TicketStatus::on_hold) return;
    const auto* calendar = ticket.clocks.empty() ? nullptr : policies.calendar(ticket.clocks.front().calendar);
    for (const auto& rung : ladder.steps) {
        if (rung.at_percent || !rung.unacknowledged) continue;
        auto step = unacknowledged_key(*rung.unacknowledged);
        if (std::ranges::find(ticket.notified, step) != ticket.notified.end()) continue;
        const auto at = add_business_time(calendar, ticket.unacknowledged_since, *rung.unacknowledged);
        moments.push_back({&rung, std::move(step), at, std::nullopt, 1});
    }
}

/// A role means exactly that role: what moderators are told, admins are not.
bool addresses(const LadderStep& rung, const Person& person, const Ticket& ticket, const Policies& policies,
               Instant now) {
    if (rung.to == "person:" + person.name) return true;
    if (rung.to == "role:" + std::string(to_string(person.role))) return sees_brand(person, ticket.brand);
    return std::ranges::any_of(policies.rotas, [&](const Rota& rota) {
        return rung.to == "on-call:" + rota.name && on_call(rota, now) == person.name;
    });
}

/// What one step comes to: who is told by which channel, and whom it names at all.
struct Telling {
    RungMoment moment = {};
    std::map<std::string, std::vector<Person>> by_channel = {};
    bool named = false;
};

/// Rungs of one step together, in order of time, with everybody whom they name.
std::vector<Telling> tellings_of(const std::vector<RungMoment>& due, const Ticket& ticket, const Policies& policies,
                                 Instant now) {
    std::vector<Telling> tellings;
    for (const auto& moment : due) {
        auto telling = std::ranges::find(tellings, moment.step, [](const Telling& each) { return each.moment.step; });
        if (telling == tellings.end()) telling = tellings.insert(tellings.end(), Telling{.moment = moment});
        auto& people = telling->by_channel[moment.rung->by];
        for (const auto& person : policies.people) {
            if (!addresses(*moment.rung, person, ticket, policies, now)) continue;
            telling->named = true;
            if (!find_person(people, person.id)) people.push_back(person);
        }
    }
    return tellings;
}

/// Leaves to each person's mail, and to each webhook, the latest step that addresses it.
void keep_latest(std::vector<Telling>& tellings) {
    std::set<std::pair<std::string, std::string>> told;
    for (auto telling = tellings.rbegin(); telling != tellings.rend(); ++telling) {
        for (auto& [by, people] : telling->by_channel) {
            if (people.empty()) continue;
            if (by != kMail && !told.emplace(by, "").second) people.clear();
            if (by != kMail) continue;
            std::erase_if(people, [&](const Person& person) { return !told.emplace(by, person.id).second; });
        }
    }
}

/// Which life of the ticket this is: a step may be taken once in each.
std::int64_t life_of(std::span<const TicketEvent> history) {
    return 1 + std::ranges::count(history, TicketEventKind::reopened, &TicketEvent::kind);
}

/// Writes the events of one step; returns its calls.
std::vector<RungCall> take(TicketChanging& changing, const Telling& telling, std::int64_t life) {
    const auto& [moment, by_channel, named] = telling;
    TicketEvent step{.kind = TicketEventKind::notified,
                     .target = moment.target,
                     .percent = moment.rung->at_percent.value_or(0),
                     .round = moment.round};
    if (!moment.target) step.unacknowledged = moment.rung->unacknowledged;
    std::vector<RungCall> calls;
    bool told = false;
    for (const auto& [by, people] : by_channel) {
        if (by != kMail && !people.empty()) {
            const auto key = changing.ticket().id + "/" + moment.step + "/" + std::to_string(life) + "/" + by;
            calls.push_back({.people = people, .by = by, .key = key, .target = moment.target, .percent = step.percent});
        }
        for (const auto& person : people) {
            auto event = step;
            event.person = person.id;
            if (by != kMail) event.text = by;
            const auto& added = changing.add(std::move(event));
            if (by != kMail && calls.back().event.empty()) calls.back().event = added.id;
            told = true;
        }
    }
    if (!told) {
        step.text = named ? "told of a later step" : "nobody to tell";
        changing.add(std::move(step));
    }
    return calls;
}

/// An incident is an alarm by itself: its ticket's first step waits for nothing.
void take_first_at_once(std::vector<RungMoment>& moments, Instant opened_at) {
    for (auto& moment : moments) {
        if (moment.step == moments.front().step) moment.at = std::min(moment.at, opened_at);
    }
}

}  // namespace

std::string step_key(const TicketEvent& notified) {
    if (notified.target) return prefix_of(*notified.target, notified.round) + std::to_string(notified.percent);
    return notified.unacknowledged ? unacknowledged_key(*notified.unacknowledged) : std::string();
}

std::vector<RungMoment> rungs_ahead(const Ticket& ticket, const Policies& policies) {
    std::vector<RungMoment> moments;
    const Ladder* ladder = policies.ladder(ticket.ladder);
    if (!ladder || ticket.state != TicketState::open || !ticket.acknowledged_by.empty()) return moments;
    if (ticket.held_by_incident()) return moments;
    add_shares(moments, *ladder, ticket, policies);
    add_minutes(moments, *ladder, ticket, policies);
    std::ranges::stable_sort(moments, {}, [](const RungMoment& moment) {
        return std::tuple(moment.at, moment.target, moment.rung->at_percent, moment.rung->unacknowledged);
    });
    if (ticket.leads_incident() && ticket.notified.empty()) take_first_at_once(moments, ticket.opened_at);
    return moments;
}

Escalation escalate(const Policies& policies, const Ticket& ticket, std::span<const TicketEvent> history,
                    Random& random, Instant now) {
    TicketChanging changing(policies, ticket, history, random, now);
    changing.catch_up();
    auto due = rungs_ahead(changing.ticket(), policies);
    std::erase_if(due, [&](const RungMoment& moment) { return moment.at > now; });
    auto tellings = tellings_of(due, changing.ticket(), policies, now);
    keep_latest(tellings);
    Escalation escalation;
    for (const auto& telling : tellings) {
        auto calls = take(changing, telling, life_of(history));
        std::ranges::move(calls, std::back_inserter(escalation.calls));
    }
    escalation.change = std::move(changing).finish();
    return escalation;
}

}  // namespace rasid

#include "escalation/rungs.hpp"

#include "escalation/business_time.hpp"

#include <algorithm>
#include <charconv>
#include <set>
#include <tuple>
#include <utility>

namespace rasid {
namespace {

/// nullopt while the clock stands still.
std::optional<Instant> moment_of(const ClockRow& row, int percent) {
    if (!row.running_since || !row.due_at) return std::nullopt;
    if (percent == 100) return row.due_at;
    if (percent > 100) return add_business_time(&row.calendar, *row.due_at, row.length * (percent - 100) / 100);
    const auto left = std::max(row.length * percent / 100 - row.used, Duration::zero());
    return std::min(add_business_time(&row.calendar, *row.running_since, left), *row.due_at);
}

std::string prefix_of(const ClockRow& row) {
    return std::string(to_string(row.target)) + "/" + std::to_string(row.round) + "/";
}

/// The highest share of the clock that was taken; 0: none.
int passed(const ClockRow& row, const std::vector<std::string>& taken) {
    const auto prefix = prefix_of(row);
    int highest = 0;
    for (const auto& step : taken) {
        if (!step.starts_with(prefix)) continue;
        int percent = 0;
        std::from_chars(step.data() + prefix.size(), step.data() + step.size(), percent);
        highest = std::max(highest, percent);
    }
    return highest;
}

const Calendar* first_calendar(const TicketClocks& clocks) {
    return clocks.rows.empty() ? nullptr : &clocks.rows.front().calendar;
}

bool sees_brand(const Person& person, const std::string& brand) {
    return person.brands.empty() || std::ranges::find(person.brands, brand) != person.brands.end();
}

bool addressed(const Rung& rung, const Person& person, const LadderTicket& ticket, std::span<const Rota> rotas,
               Instant now) {
    if (rung.to == "person:" + person.name) return true;
    if (rung.to == "role:" + std::string(to_string(person.role))) return sees_brand(person, ticket.brand);
    return std::ranges::any_of(
        rotas, [&](const Rota& rota) { return rung.to == "on-call:" + rota.name && on_call(rota, now) == person.id; });
}

}  // namespace

std::vector<RungMoment> rungs_ahead(std::span<const Rung> rungs, const TicketClocks& clocks,
                                    const LadderTicket& ticket) {
    std::vector<RungMoment> moments;
    if (ticket.acknowledged || clocks.resolved) return moments;
    for (const auto& row : clocks.rows) {
        if (!row.open()) continue;
        const int taken = passed(row, ticket.taken);
        for (const auto& rung : rungs) {
            if (!rung.at_percent || *rung.at_percent <= taken) continue;
            if (const auto at = moment_of(row, *rung.at_percent))
                moments.push_back(
                    {&rung, prefix_of(row) + std::to_string(*rung.at_percent), *at, row.target, row.round});
        }
    }
    for (const auto& rung : rungs) {
        if (rung.at_percent || !rung.unacknowledged || clocks.status == TicketStatus::on_hold) continue;
        const auto seconds = std::chrono::floor<std::chrono::seconds>(*rung.unacknowledged).count();
        auto step = "unacknowledged/" + std::to_string(seconds);
        if (std::ranges::find(ticket.taken, step) != ticket.taken.end()) continue;
        const auto at = add_business_time(first_calendar(clocks), ticket.unacknowledged_since, *rung.unacknowledged);
        moments.push_back({&rung, std::move(step), at, std::nullopt, 1});
    }
    std::ranges::stable_sort(moments, {}, [](const RungMoment& moment) {
        return std::tuple(moment.at, moment.rung->at_percent.value_or(0), moment.step);
    });
    return moments;
}

RungsTaken take_rungs(std::span<const Rung> rungs, const TicketClocks& clocks, const LadderTicket& ticket,
                      std::span<const Person> people, std::span<const Rota> rotas, Instant now) {
    RungsTaken result;
    auto moments = rungs_ahead(rungs, clocks, ticket);
    const auto later = std::ranges::find_if(moments, [&](const RungMoment& moment) { return moment.at > now; });
    if (later != moments.end()) result.next = later->at;
    moments.erase(later, moments.end());

    std::set<std::pair<std::string, std::string>> told;
    for (auto moment = moments.rbegin(); moment != moments.rend(); ++moment) {
        if (std::ranges::find(result.steps, moment->step) == result.steps.end()) result.steps.push_back(moment->step);
        for (const auto& person : people) {
            if (!addressed(*moment->rung, person, ticket, rotas, now)) continue;
            if (!told.emplace(moment->rung->by, person.id).second) continue;
            result.notices.push_back({.person = person,
                                      .by = moment->rung->by,
                                      .step = moment->step,
                                      .key = ticket.id + "/" + moment->step + "/" + std::to_string(ticket.life) + "/" +
                                             moment->rung->by + "/" + person.id,
                                      .target = moment->target,
                                      .percent = moment->rung->at_percent.value_or(0)});
        }
    }
    std::ranges::reverse(result.steps);
    std::ranges::reverse(result.notices);
    return result;
}

}  // namespace rasid

#include "escalation/breach_forecast.hpp"

#include "escalation/business_time.hpp"

#include <algorithm>
#include <queue>

namespace rasid {
namespace {

Instant due_of(const Calendar* calendar, const QueueArrival& arrival) {
    return add_business_time(calendar, arrival.at, arrival.target);
}

struct Waiting {
    Instant due = {};
    Instant at = {};

    bool operator<(const Waiting& other) const {
        return due != other.due ? due > other.due : at > other.at;  // of a priority_queue the largest comes first
    }
};

}  // namespace

std::optional<HandlingSpeed> measure_handling(const Calendar* calendar, std::vector<QueueArrival> arrivals,
                                              int enough) {
    std::erase_if(arrivals, [](const QueueArrival& each) { return !each.answered_at || *each.answered_at < each.at; });
    if (arrivals.empty() || arrivals.size() < static_cast<std::size_t>(enough)) return std::nullopt;
    std::ranges::sort(arrivals, {}, &QueueArrival::answered_at);
    Duration sum = {};
    Instant free_at = arrivals.front().at;
    for (const auto& arrival : arrivals) {
        sum += business_time_between(calendar, std::max(arrival.at, free_at), *arrival.answered_at);
        free_at = *arrival.answered_at;
    }
    const auto answers = static_cast<int>(arrivals.size());
    return HandlingSpeed{sum / answers, answers};
}

int expected_breaches(const Calendar* calendar, std::vector<QueueArrival> arrivals, Duration each) {
    std::ranges::sort(arrivals, {}, &QueueArrival::at);
    std::priority_queue<Waiting> waiting;
    int breaches = 0;
    Instant free_at = {};
    for (std::size_t next = 0; next < arrivals.size() || !waiting.empty();) {
        if (waiting.empty()) free_at = std::max(free_at, arrivals[next].at);
        for (; next < arrivals.size() && arrivals[next].at <= free_at; ++next)
            waiting.push({due_of(calendar, arrivals[next]), arrivals[next].at});
        const auto taken = waiting.top();
        waiting.pop();
        free_at = add_business_time(calendar, free_at, each);
        if (free_at > taken.due) ++breaches;
    }
    return breaches;
}

int real_breaches(const Calendar* calendar, const std::vector<QueueArrival>& arrivals, Instant now) {
    return static_cast<int>(std::ranges::count_if(arrivals, [&](const QueueArrival& arrival) {
        return arrival.answered_at.value_or(now) > due_of(calendar, arrival);
    }));
}

}  // namespace rasid

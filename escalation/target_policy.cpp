#include "escalation/target_policy.hpp"

#include <algorithm>
#include <span>

namespace rasid {
namespace {

bool fits(const TargetRule& rule, std::string_view queue, Priority priority, std::string_view tier) {
    return (rule.queue.empty() || rule.queue == queue) && (!rule.priority || *rule.priority == priority) &&
           (rule.tier.empty() || rule.tier == tier);
}

bool covers(const TargetRule& wide, const TargetRule& narrow) {
    return (wide.queue.empty() || wide.queue == narrow.queue) && (!wide.priority || wide.priority == narrow.priority) &&
           (wide.tier.empty() || wide.tier == narrow.tier);
}

std::vector<PromisedTarget> promised(const TargetLengths& lengths, const Calendar* calendar) {
    std::vector<PromisedTarget> promises;
    const auto promise = [&](Target target, const std::optional<Duration>& length) {
        if (length) promises.push_back({target, *length, calendar ? *calendar : Calendar{}});
    };
    promise(Target::first_response, lengths.first_response);
    promise(Target::next_response, lengths.next_response);
    promise(Target::periodic_update, lengths.periodic_update);
    promise(Target::resolution, lengths.resolution);
    return promises;
}

}  // namespace

std::vector<PromisedTarget> targets_for(const Policies& policies, std::string_view queue, Priority priority,
                                        std::string_view tier) {
    const auto rule =
        std::ranges::find_if(policies.targets, [&](const auto& each) { return fits(each, queue, priority, tier); });
    if (rule != policies.targets.end()) return promised(rule->targets, policies.calendar(rule->calendar));
    const Queue* own = policies.queue(queue);
    if (!own) return {};
    return promised(own->targets, policies.calendar(own->calendar));
}

std::vector<std::string> idle_rules(const std::vector<TargetRule>& rules) {
    std::vector<std::string> idle;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const auto earlier = std::span(rules).first(i);
        if (std::ranges::any_of(earlier, [&](const auto& rule) { return covers(rule, rules[i]); }))
            idle.push_back(rules[i].name);
    }
    return idle;
}

}  // namespace rasid

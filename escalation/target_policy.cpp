#include "escalation/target_policy.hpp"

#include <algorithm>

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

PromisedTarget promised(const Policies& policies, Target target, Duration length, const std::string& calendar) {
    const Calendar* known = policies.calendar(calendar);
    return {target, length, known ? *known : Calendar{}};
}

}  // namespace

std::vector<PromisedTarget> targets_for(std::span<const TargetRule> rules, const Policies& policies,
                                        std::string_view queue, Priority priority, std::string_view tier) {
    std::vector<PromisedTarget> targets;
    const auto rule = std::ranges::find_if(rules, [&](const auto& each) { return fits(each, queue, priority, tier); });
    if (rule != rules.end()) {
        for (const auto& promise : rule->promises)
            targets.push_back(promised(policies, promise.target, promise.length, promise.calendar));
        return targets;
    }
    const Queue* own = policies.queue(queue);
    if (!own) return targets;
    if (own->first_response)
        targets.push_back(promised(policies, Target::first_response, *own->first_response, own->calendar));
    if (own->resolution) targets.push_back(promised(policies, Target::resolution, *own->resolution, own->calendar));
    return targets;
}

std::vector<std::size_t> idle_rules(std::span<const TargetRule> rules) {
    std::vector<std::size_t> idle;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const auto earlier = rules.first(i);
        if (std::ranges::any_of(earlier, [&](const auto& rule) { return covers(rule, rules[i]); })) idle.push_back(i);
    }
    return idle;
}

}  // namespace rasid

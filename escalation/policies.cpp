#include "escalation/policies.hpp"

#include <utility>

namespace rasid {

Policies policies_of(const Setup& setup) {
    std::map<std::string, int, std::less<>> weights;
    for (const auto& rule : setup.rules) {
        if (rule.weight != 0) weights.emplace(rule.name, rule.weight);
    }
    return {.calendars = setup.calendars,
            .queues = setup.queues,
            .targets = setup.targets,
            .ladders = setup.ladders,
            .people = setup.people,
            .priorities = setup.priorities,
            .guidelines = setup.guidelines,
            .conduct = setup.conduct,
            .rule_weights = std::move(weights),
            .rotas = setup.rotas,
            .notifications = setup.notifications};
}

}  // namespace rasid

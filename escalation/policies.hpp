#pragma once

#include "core/setup.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// The part of a setup that decides about tickets. A copy: it stays valid while a decision runs, whatever is edited
/// meanwhile.
struct Policies {
    std::vector<Calendar> calendars = {};
    std::vector<Queue> queues = {};
    std::vector<TargetRule> targets = {};
    std::vector<Ladder> ladders = {};
    std::vector<Person> people = {};
    PrioritySettings priorities = {};
    std::vector<Guideline> guidelines = {};
    std::vector<ConductRule> conduct = {};
    std::map<std::string, int, std::less<>> rule_weights = {};  ///< of rules that have one
    std::vector<Rota> rotas = {};
    NotificationSettings notifications = {};

    const Calendar* calendar(std::string_view name) const { return find_named(calendars, name); }
    const Queue* queue(std::string_view name) const { return find_named(queues, name); }
    const Ladder* ladder(std::string_view name) const { return find_named(ladders, name); }
    /// Whether any queue gives its tickets out.
    bool assigns() const {
        return std::ranges::any_of(queues, [](const Queue& each) { return each.assign.has_value(); });
    }
};

Policies policies_of(const Setup& setup);

}  // namespace rasid

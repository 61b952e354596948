#pragma once

#include "core/setup.hpp"

#include <string_view>
#include <vector>

namespace rasid {

/// The part of a setup that decides about tickets. A copy: it stays valid while a decision runs, whatever is edited
/// meanwhile.
struct Policies {
    std::vector<Calendar> calendars = {};
    std::vector<Queue> queues = {};
    std::vector<Ladder> ladders = {};
    std::vector<Person> people = {};

    const Calendar* calendar(std::string_view name) const { return find_named(calendars, name); }
    const Queue* queue(std::string_view name) const { return find_named(queues, name); }
    const Ladder* ladder(std::string_view name) const { return find_named(ladders, name); }
};

Policies policies_of(const Setup& setup);

}  // namespace rasid

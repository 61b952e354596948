#pragma once

#include "core/random.hpp"
#include "escalation/route.hpp"
#include "storage/store.hpp"

#include <functional>
#include <string>
#include <vector>

namespace rasid {

/// What carries an action from an incident's own ticket to its members.
struct MemberAction {
    const Policies& policies;
    /// What follows in a customer's plan when a ticket ends or comes back to life.
    std::function<std::vector<PlanChange>(const Ticket& before, const Ticket& after)> plans;
    std::string actor = {};  ///< person id
    Instant now = {};
};

/// Resolves the open members of an incident because its own ticket was resolved by that event. Returns their ids.
std::vector<std::string> resolve_members(Store& store, const MemberAction& action, const std::string& incident,
                                         const std::string& event, Random& random);

/// Takes that back where nobody has touched them since.
std::vector<std::string> reopen_members(Store& store, const MemberAction& action, const std::string& incident,
                                        const std::string& event, Random& random);

}  // namespace rasid

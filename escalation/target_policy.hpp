#pragma once

#include "core/ticket.hpp"
#include "escalation/policies.hpp"

#include <string_view>
#include <vector>

namespace rasid {

/// What is promised to a ticket: by the first target rule that fits, else what its queue says, else nothing. A calendar
/// that the setup does not have counts round the clock: promising the earlier time is the safe side.
std::vector<PromisedTarget> targets_for(const Policies& policies, std::string_view queue, Priority priority,
                                        std::string_view tier);

/// Names of target rules that never decide, because an earlier one fits all that they fit.
std::vector<std::string> idle_rules(const std::vector<TargetRule>& rules);

}  // namespace rasid

#pragma once

#include "escalation/clock_event.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// Targets for the tickets that a rule of the policy fits. Empty or absent conditions fit everything.
struct TargetRule {
    std::string queue = {};
    std::optional<Priority> priority = {};
    std::string tier = {};  ///< of the customer: "vip"; tickets of strangers have none

    struct Promise {
        Target target = Target::first_response;
        Duration length = {};
        std::string calendar = {};  ///< name; empty: calendar minutes, round the clock
    };
    std::vector<Promise> promises = {};  ///< empty: tickets that promise nothing
};

/// What is promised to a ticket: by the first rule that fits, else what its queue says, else nothing. A calendar that
/// the setup does not have counts round the clock: promising the earlier time is the safe side.
std::vector<PromisedTarget> targets_for(std::span<const TargetRule> rules, const Policies& policies,
                                        std::string_view queue, Priority priority, std::string_view tier);

/// Positions of rules that never decide, because an earlier one fits all that they fit.
std::vector<std::size_t> idle_rules(std::span<const TargetRule> rules);

}  // namespace rasid

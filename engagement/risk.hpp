#pragma once

#include "core/bad_experience.hpp"
#include "engagement/explanation.hpp"

#include <span>

namespace rasid {

struct RiskRules {
    Duration window = std::chrono::days(365);
};

/// How likely a customer leaves for his bad experiences within the window: none 0; one 1/3 (one of three leaves); two
/// or more 0.92.
Figure risk(std::span<const BadExperience> cases, Instant now, const RiskRules& rules = {});

/// CLV × risk, in the CLV's minor units: what orders the queue of customers. No figure where one of them has none.
Figure expected_loss(const Figure& clv, const Figure& risk);

/// What an expected loss adds to a ticket's priority: 0 … 20 points, growing with its logarithm, 10 at `middle_minor`.
struct PriorityAddend {
    double points = 0;
    std::string reason = {};
};
PriorityAddend priority_addend(const Figure& expected_loss, double middle_minor);

}  // namespace rasid

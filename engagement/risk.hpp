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

}  // namespace rasid

#pragma once

#include "core/ticket.hpp"
#include "core/verdict.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rasid {

/// What a priority is computed from besides the verdict.
struct PriorityFacts {
    std::string tier = {};                ///< of the customer; empty: a stranger
    std::optional<int> tier_points = {};  ///< what the house gives that tier, 0 … 50
    std::optional<double> loss = {};      ///< expected loss in money: lifetime value × risk; absent: not known
    double loss_scale = 1000;             ///< the loss that is worth 10 points, more than 0; it doubles per 10 more
    bool incident = false;                ///< the mention belongs to an incident that runs
    int rule_weight = 0;                  ///< of the rule that routed it, -50 … 50
};

/// A priority shown as the sum it is.
struct PrioritySum {
    std::vector<PriorityPart> parts = {};  ///< none of zero but the first
    int sum = 0;
    Priority priority = Priority::low;  ///< a step each 25 points, low below 25, critical from 75 on
};

/// Rule priority (25 a step) + influence (0 … 20) + strength of a negative sentiment (0 … 10) + tier + expected loss
/// (0 … 30) + incident (10) + the rule's weight. Numbers outside their range count as its end.
PrioritySum sum_priority(const Verdict& verdict, const PriorityFacts& facts = {});

/// "rule priority normal: +25", … and last "priority high: 56 points, a step each 25".
std::vector<Reason> reasons_of(const PrioritySum& sum);

}  // namespace rasid

#include "escalation/priority_sum.hpp"

#include <algorithm>
#include <cmath>

namespace rasid {
namespace {

constexpr int kStep = 25;  // points from one priority to the next
constexpr int kIncidentPoints = 10;
constexpr int kLossPoints = 10;
constexpr int kMostLossPoints = 30;

/// Ten points for the scale, ten more for each doubling: a loss is felt by its order of size.
int points_of_loss(double loss, double scale) {
    if (!(loss > 0) || !(scale > 0)) return 0;
    const double points = kLossPoints * (1 + std::log2(loss / scale));
    return static_cast<int>(std::lround(std::clamp(points, 0.0, static_cast<double>(kMostLossPoints))));
}

}  // namespace

PrioritySum sum_priority(const Verdict& verdict, const PriorityFacts& facts) {
    PrioritySum result;
    const auto add = [&](std::string code, std::string value, int points) {
        if (points != 0) result.parts.push_back({std::move(code), std::move(value), points});
        result.sum += points;
    };
    const int of_rule = static_cast<int>(verdict.priority) * kStep;
    result.parts.push_back({"rule", std::string(to_string(verdict.priority)), of_rule});
    result.sum = of_rule;
    add("influence", std::to_string(verdict.influence.score), std::clamp(verdict.influence.score, 0, 100) / 5);
    if (verdict.sentiment.label == Polarity::negative)
        add("sentiment", "", static_cast<int>(std::lround(std::clamp(-verdict.sentiment.score, 0.0, 1.0) * 10)));
    add("tier", facts.tier, std::clamp(facts.tier_points.value_or(0), 0, 50));
    add("loss", std::to_string(std::llround(std::clamp(facts.loss.value_or(0), 0.0, 1e15))),
        points_of_loss(facts.loss.value_or(0), facts.loss_scale));
    add("incident", "", facts.incident ? kIncidentPoints : 0);
    add("weight", "", std::clamp(facts.rule_weight, -50, 50));
    result.priority = static_cast<Priority>(std::clamp(result.sum / kStep, 0, static_cast<int>(Priority::critical)));
    return result;
}

std::vector<Reason> reasons_of(const PrioritySum& sum) {
    std::vector<Reason> reasons;
    for (const auto& part : sum.parts)
        reasons.push_back(
            {"priority." + part.code, {part.value, (part.points < 0 ? "" : "+") + std::to_string(part.points)}});
    reasons.push_back(
        {"priority.sum", {std::string(to_string(sum.priority)), std::to_string(sum.sum), std::to_string(kStep)}});
    return reasons;
}

}  // namespace rasid

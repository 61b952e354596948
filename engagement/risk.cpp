#include "engagement/risk.hpp"

#include "engagement/purchases.hpp"

#include <algorithm>
#include <cmath>

namespace rasid {
namespace {

constexpr double kAfterOne = 1.0 / 3.0;
constexpr double kAfterMore = 0.92;

std::string shown(const Figure& figure, int decimals) {
    return figure.value ? plain(*figure.value, decimals) : "no figure, " + figure.why_none;
}

}  // namespace

Figure risk(std::span<const BadExperience> cases, Instant now, const RiskRules& rules) {
    const auto count = std::ranges::count_if(
        cases, [&](const BadExperience& each) { return each.opened_at <= now && now - each.opened_at < rules.window; });
    Explanation why{.name = "risk: one case 1/3, two or more 0.92"};
    const auto window = std::chrono::floor<std::chrono::days>(rules.window).count();
    why.inputs.emplace_back("bad experiences in " + std::to_string(window) + " days", std::to_string(count));
    const double value = count == 0 ? 0.0 : count == 1 ? kAfterOne : kAfterMore;
    return figure(value, std::move(why));
}

Figure expected_loss(const Figure& clv, const Figure& risk) {
    Explanation why{.name = "expected loss = CLV × risk"};
    why.inputs.emplace_back("CLV", clv.value ? money(std::llround(*clv.value), "") : shown(clv, 0));
    why.inputs.emplace_back("risk", shown(risk, 4));
    if (!clv.value) return no_figure(std::move(why), "there is no CLV: " + clv.why_none);
    if (!risk.value) return no_figure(std::move(why), "there is no risk: " + risk.why_none);
    return figure(*clv.value * *risk.value, std::move(why));
}

}  // namespace rasid

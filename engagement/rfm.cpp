#include "engagement/rfm.hpp"

#include "engagement/purchases.hpp"

#include <algorithm>
#include <cmath>

namespace rasid {
namespace {

using std::chrono::sys_days;

constexpr double kRounding = 1e-9;

int falling(const Scale& scale, double value) {
    const auto passed = std::ranges::count_if(scale, [&](double bound) { return value > bound; });
    return static_cast<int>(scale.size()) + 1 - static_cast<int>(passed);
}

int rising(const Scale& scale, double value) {
    return 1 + static_cast<int>(std::ranges::count_if(scale, [&](double bound) { return value >= bound; }));
}

bool fits(const NamedSegment& segment, const Rfm& scores) {
    return segment.least_r <= scores.recency && scores.recency <= segment.most_r &&
           segment.least_f <= scores.frequency && scores.frequency <= segment.most_f &&
           segment.least_m <= scores.money && scores.money <= segment.most_m;
}

}  // namespace

Result<RfmRules> checked(RfmRules rules) {
    const double sum = rules.recency_weight + rules.frequency_weight + rules.money_weight;
    // Written so that a weight that is no number is refused, too.
    if (!(rules.recency_weight >= 0 && rules.frequency_weight >= 0 && rules.money_weight >= 0))
        return Failure{Failure::Kind::malformed, "a weight of RFM is below zero"};
    if (!(std::abs(sum - 1) <= kRounding))
        return Failure{Failure::Kind::malformed, "the weights of RFM must sum to 1, these give " + plain(sum, 6)};
    for (const auto* scale : {&rules.recency_days, &rules.frequency, &rules.money_minor}) {
        if (scale->empty() || std::ranges::adjacent_find(*scale, std::greater_equal<>()) != scale->end())
            return Failure{Failure::Kind::malformed, "a scale of RFM needs bounds that grow"};
    }
    if (rules.window_days < 1) return Failure{Failure::Kind::malformed, "the window of RFM needs at least a day"};
    if (std::ranges::any_of(rules.segments, [](const NamedSegment& each) { return each.name.empty(); }))
        return Failure{Failure::Kind::malformed, "a segment needs a name"};
    return rules;
}

Rfm rfm(const Customer& customer, Date today, const RfmRules& rules) {
    const auto all = purchases_of(customer, today, rules.currency);
    const Date start = sys_days(today) - std::chrono::days(rules.window_days - 1);
    const auto window = purchases_of(customer, today, all.currency, start);
    Rfm result;
    Explanation why{.name = "RFM = " + plain(rules.recency_weight) + "·R + " + plain(rules.frequency_weight) + "·F + " +
                            plain(rules.money_weight) + "·M"};
    if (all.left_out > 0)
        why.inputs.emplace_back("left out", std::to_string(all.left_out) + " purchases in other currencies");
    if (!all.last) {
        result.figure = no_figure(std::move(why), "nothing was bought");
        return result;
    }
    const auto ago = (sys_days(today) - sys_days(*all.last)).count();
    result.recency = falling(rules.recency_days, static_cast<double>(ago));
    result.frequency = rising(rules.frequency, window.count);
    result.money = rising(rules.money_minor, static_cast<double>(window.total_minor));
    const auto named =
        std::ranges::find_if(rules.segments, [&](const NamedSegment& each) { return fits(each, result); });
    if (named != rules.segments.end()) result.segment = named->name;

    why.inputs.emplace_back("last purchase", to_string(*all.last) + ", " + std::to_string(ago) + " days ago");
    why.inputs.emplace_back("purchases in " + std::to_string(rules.window_days) + " days",
                            std::to_string(window.count));
    why.inputs.emplace_back("spent in them", money(window.total_minor, all.currency));
    why.steps.push_back("R = " + std::to_string(result.recency) + ", F = " + std::to_string(result.frequency) +
                        ", M = " + std::to_string(result.money));
    if (!result.segment.empty()) why.steps.push_back("segment: " + result.segment);
    const double value = rules.recency_weight * result.recency + rules.frequency_weight * result.frequency +
                         rules.money_weight * result.money;
    result.figure = figure(value, std::move(why));
    return result;
}

}  // namespace rasid

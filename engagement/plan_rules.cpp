#include "engagement/plan_rules.hpp"

#include <cmath>

namespace rasid {

WorkingDays working_days_of(const Setup& setup) {
    const auto* calendar = find_named(setup.calendars, setup.engagement.calendar);
    if (!calendar && !setup.calendars.empty()) calendar = &setup.calendars.front();
    if (!calendar) return {};
    auto days = WorkingDays::of(*calendar);
    return days ? std::move(*days) : WorkingDays();
}

LayoutRules layout_rules_of(const Setup& setup) {
    return {.working_days = working_days_of(setup),
            .quiet = setup.engagement.quiet,
            .newsletters_by_consent_only = setup.engagement.newsletters_by_consent_only};
}

ReactRules react_rules_of(const Setup& setup) {
    const auto& settings = setup.engagement;
    return {.cases = {settings.cases_without_ticket, settings.same_thing_within},
            .surveys = {settings.survey_period, settings.survey_valid_for},
            .working_days = working_days_of(setup)};
}

ScoreRules score_rules_of(const Setup& setup) {
    const auto& settings = setup.engagement;
    ScoreRules rules;
    for (const auto& [kind, k] : settings.familiarity) rules.familiarity.kinds[kind] = k;
    auto& rfm = rules.rfm;
    rfm.recency_weight = settings.rfm_weights.at(0);
    rfm.frequency_weight = settings.rfm_weights.at(1);
    rfm.money_weight = settings.rfm_weights.at(2);
    rfm.recency_days = settings.recency_days;
    rfm.frequency = settings.frequency;
    rfm.money_minor.clear();
    for (const auto amount : settings.money) rfm.money_minor.push_back(std::round(amount * 100));
    rfm.currency = settings.currency;
    rfm.window_days = settings.window_days;
    return rules;
}

}  // namespace rasid

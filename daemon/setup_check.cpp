#include "daemon/setup_check.hpp"

#include "engagement/plan.hpp"
#include "engagement/plan_rules.hpp"
#include "escalation/business_time.hpp"
#include "escalation/local_instant.hpp"
#include "escalation/rota.hpp"

namespace rasid {

std::vector<SetupError> check_setup(const Setup& setup) {
    auto errors = check_references(setup);
    for (const auto& calendar : setup.calendars) {
        if (const auto problem = problem_of(calendar))
            errors.push_back({calendar.origin, "calendar `" + calendar.name + "`: " + *problem});
    }
    for (const auto& rota : setup.rotas) {
        if (const auto problem = problem_of(rota)) errors.push_back({rota.origin, *problem});
    }
    for (const auto& person : setup.people) {
        if (!person.time_zone.empty() && !find_zone(person.time_zone))
            errors.push_back({person.origin, "person `" + person.name + "`: `" + person.time_zone +
                                                 "` is no time zone; write \"Asia/Riyadh\""});
    }
    const auto compiled = compile(setup.rules);
    errors.insert(errors.end(), compiled.errors.begin(), compiled.errors.end());
    return errors;
}

std::shared_ptr<const Decisions> decisions_of(const Setup& setup) {
    auto decisions = std::make_shared<Decisions>();
    decisions->rules = decisions->untaught = compile(setup.rules).rules;
    decisions->policies = policies_of(setup);
    decisions->react = react_rules_of(setup);
    decisions->incidents = incident_rules_of(setup);
    decisions->default_plan = setup.plans.empty() ? default_plan().name : setup.plans.front().name;
    return decisions;
}

std::shared_ptr<const Decisions> taught(const Decisions& decisions, const SentimentLayers& layers) {
    auto fresh = std::make_shared<Decisions>(decisions);
    fresh->rules = fresh->untaught;
    fresh->brand_rules.clear();
    for (const auto& [brand, layer] : layers) {
        auto settings = fresh->untaught.sentiment();
        settings.layer = layer;
        auto rules = fresh->untaught.with(std::move(settings));
        if (brand.empty())
            fresh->rules = std::move(rules);
        else
            fresh->brand_rules.insert_or_assign(brand, std::move(rules));
    }
    return fresh;
}

}  // namespace rasid

#include "escalation/incident_series.hpp"

#include <algorithm>

namespace rasid {

RuleRoutes rule_routes_of(const Setup& setup) {
    RuleRoutes routes;
    for (const auto& rule : setup.rules) {
        if (rule.enabled && !rule.ignore && !rule.queue.empty())
            routes.insert_or_assign(rule.name, IncidentRoute{rule.queue, rule.name, rule.priority});
    }
    return routes;
}

std::vector<Series> series_of(const Verdict& verdict, std::string_view source, const RuleRoutes& routes) {
    std::vector<Series> series;
    if (!verdict.queue || verdict.ignore) return series;
    const auto add = [&](Series::Kind kind, std::string_view name) {
        Series one{verdict.brand, kind, std::string(name)};
        if (!name.empty() && std::ranges::find(series, one) == series.end()) series.push_back(std::move(one));
    };
    for (const auto& rule : verdict.rules) {
        if (routes.contains(rule)) add(Series::Kind::rule, rule);
    }
    for (const auto& tag : verdict.tags) add(Series::Kind::tag, tag);
    add(Series::Kind::source, source);
    return series;
}

IncidentRoute route_of(const Series& series, const Verdict& verdict, const RuleRoutes& routes) {
    if (series.kind == Series::Kind::rule) {
        if (const auto rule = routes.find(series.name); rule != routes.end()) return rule->second;
    }
    return {verdict.queue.value_or(""), verdict.routed_by, verdict.priority};
}

}  // namespace rasid

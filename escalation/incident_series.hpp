#pragma once

#include "core/incident.hpp"
#include "core/setup.hpp"
#include "core/verdict.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// What the ticket of an incident takes over from a rule.
struct IncidentRoute {
    std::string queue = {};
    std::string rule = {};
    Priority priority = Priority::normal;
};

/// Of each rule that names a queue.
using RuleRoutes = std::map<std::string, IncidentRoute, std::less<>>;
RuleRoutes rule_routes_of(const Setup& setup);

/// What a mention counts in: each rule with a queue that hit it, its tags, its source, the most telling first. None
/// when it is not routed: what nobody has to handle is no incident.
std::vector<Series> series_of(const Verdict& verdict, std::string_view source, const RuleRoutes& routes);

/// Where the incident of a series goes whose rise that verdict made unusual: to the rule's own queue, else with the
/// mention.
IncidentRoute route_of(const Series& series, const Verdict& verdict, const RuleRoutes& routes);

}  // namespace rasid

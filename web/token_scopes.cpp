#include "web/token_scopes.hpp"

#include <algorithm>

namespace rasid {
namespace {

constexpr std::string_view kApi = "/api/v1/";

bool only_reads(const Route& route) { return route.method == "GET"; }

bool is_among(const std::vector<std::string>& scopes, std::string_view wanted) {
    return std::find(scopes.begin(), scopes.end(), wanted) != scopes.end();
}

}  // namespace

std::string_view area_of(std::string_view pattern) {
    if (!pattern.starts_with(kApi)) return {};
    pattern.remove_prefix(kApi.size());
    return pattern.substr(0, pattern.find_first_of("/."));  // customers.csv is of customers
}

std::vector<std::string> token_areas() {
    std::vector<std::string> areas;
    for (const auto& route : routes()) {
        const auto area = area_of(route.pattern);
        if (area.empty() || route.access == Access::anyone || needs_session(route)) continue;
        areas.emplace_back(area);
    }
    std::sort(areas.begin(), areas.end());
    areas.erase(std::unique(areas.begin(), areas.end()), areas.end());
    return areas;
}

bool is_token_scope(std::string_view word) {
    if (word == "read" || word == "write" || word == "admin") return true;
    const auto colon = word.find(':');
    if (colon == std::string_view::npos) return false;
    const auto what = word.substr(colon + 1);
    return (what == "read" || what == "write") && is_among(token_areas(), word.substr(0, colon));
}

bool needs_session(const Route& route) {
    const auto area = area_of(route.pattern);
    // Platforms send a browser back: what begins without one cannot end.
    if (area == "sign-ins" || (area == "sources" && route.pattern.ends_with("/sign-in"))) return true;
    return !only_reads(route) && (area == "session" || area == "tokens" || area == "first-admin");
}

bool administers(const Route& route) {
    const auto area = area_of(route.pattern);
    return area == "audit" ||
           (!only_reads(route) && (route.access == Access::admin || area == "setup" || area == "sources"));
}

bool scopes_allow(const std::vector<std::string>& scopes, const Route& route) {
    if (needs_session(route)) return false;
    if (is_among(scopes, "admin")) return true;
    const auto area = std::string(area_of(route.pattern));
    if (is_among(scopes, area + ":write")) return true;
    if (only_reads(route) && is_among(scopes, area + ":read")) return true;
    if (administers(route)) return false;
    return is_among(scopes, "write") || (only_reads(route) && is_among(scopes, "read"));
}

}  // namespace rasid

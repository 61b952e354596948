#include "storage/reader.hpp"

#include <algorithm>
#include <set>

namespace rasid {

std::optional<PlanState> plan_of(Reader& reader, std::string_view customer, Instant now) {
    auto known = reader.customer(customer);
    if (!known) return std::nullopt;
    const auto year = static_cast<int>(utc_date(now).year());
    return PlanState{.customer = std::move(*known),
                     .touches = reader.touches(customer, year),
                     .guard = reader.guard(customer),
                     .cases = reader.cases(customer),
                     .surveys = reader.surveys(customer)};
}

std::optional<PlanState> plan_around(Reader& reader, std::vector<PlannedTouch> touches) {
    const auto id = touches.empty() ? std::string() : touches.front().customer;
    auto known = reader.customer(id);
    if (!known) return std::nullopt;
    std::set<std::string> calls;
    for (const auto& touch : touches) calls.insert(touch.follows);
    for (const auto& call : calls) {
        if (call.empty() || std::ranges::find(touches, call, &PlannedTouch::id) != touches.end()) continue;
        if (auto found = reader.touch(call)) touches.push_back(std::move(*found));
    }
    return PlanState{.customer = std::move(*known),
                     .touches = std::move(touches),
                     .guard = reader.guard(id),
                     .cases = reader.cases(id)};
}

}  // namespace rasid

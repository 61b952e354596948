#pragma once

#include "core/touch.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <string_view>
#include <vector>

namespace rasid {

/// Before every year that is laid out: nothing of it has begun.
inline constexpr Date kNoStart{std::chrono::year(1), std::chrono::month(1), std::chrono::day(1)};

/// The touches of a kind, by ordinal.
inline std::vector<PlannedTouch> of_kind(const std::vector<PlannedTouch>& touches, std::string_view kind) {
    std::vector<PlannedTouch> result;
    std::ranges::copy_if(touches, std::back_inserter(result),
                         [&](const PlannedTouch& touch) { return touch.kind == kind; });
    std::ranges::sort(result, {}, &PlannedTouch::ordinal);
    return result;
}

}  // namespace rasid

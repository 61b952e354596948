#pragma once

#include "core/touch.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// Whether a kind counts among a plan's touches; a recovery call stands beside them.
bool counts_in_plan(std::string_view kind);

/// Whether somebody has to act on it: planned, and where it follows a call, that call is logged.
bool is_owed(const PlannedTouch& touch, std::span<const PlannedTouch> all);

struct KindProgress {
    std::string kind = {};
    int done = 0;
    int total = 0;
    int late = 0;
    int held = 0;

    bool operator==(const KindProgress&) const = default;
};

/// "21 of 33, 2 of 5 calls late".
struct PlanProgress {
    int done = 0;
    int total = 0;
    int late = 0;
    int held = 0;
    std::vector<KindProgress> kinds = {};  ///< in order of appearance
};

PlanProgress progress_of(std::span<const PlannedTouch> touches, Date today);

}  // namespace rasid

#pragma once

#include "core/instant.hpp"

#include <chrono>

namespace rasid {

// Moments of the day on which tests take place where the day does not matter: the first of March 2026, a Sunday.

inline constexpr Instant kMidnight = std::chrono::sys_days(std::chrono::year(2026) / 3 / 1);
inline constexpr Instant kMorning = kMidnight + std::chrono::hours(10);
inline constexpr Instant kNoon = kMidnight + std::chrono::hours(12);

}  // namespace rasid

#pragma once

#include "core/setup.hpp"

#include <string>
#include <utility>
#include <vector>

namespace rasid {

/// Where the house of these tests is: three hours ahead of UTC, all year.
inline const std::string kRiyadh = "Asia/Riyadh";

/// Its working hours: Sunday to Thursday, 09:00 to 17:00 there.
inline Calendar office(std::vector<std::string> holidays = {}) {
    Calendar calendar{.name = "office", .time_zone = kRiyadh, .holidays = std::move(holidays)};
    for (std::size_t day = 0; day < 5; ++day) calendar.hours[day] = {{540, 1020}};
    return calendar;
}

}  // namespace rasid

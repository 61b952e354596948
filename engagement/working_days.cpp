#include "engagement/working_days.hpp"

namespace rasid {

bool is_working_day(Date date) {
    const std::chrono::weekday weekday{std::chrono::sys_days(date)};
    return weekday != std::chrono::Friday && weekday != std::chrono::Saturday;
}

Date next_free_working_day(Date date, const std::set<std::chrono::sys_days>& taken) {
    auto day = std::chrono::sys_days(date) + std::chrono::days(1);
    while (taken.contains(day) || !is_working_day(day)) day += std::chrono::days(1);
    return day;
}

}  // namespace rasid

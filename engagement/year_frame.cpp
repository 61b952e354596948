#include "engagement/year_frame.hpp"

#include <algorithm>

namespace rasid {

using std::chrono::sys_days;

YearFrame::YearFrame(int year, LayoutRules rules) : year_(year), rules_(std::move(rules)) {
    const sys_days end = std::chrono::year(year + 1) / 1 / 1;
    for (sys_days day = std::chrono::year(year) / 1 / 1; day < end; day += std::chrono::days(1)) {
        const bool quiet = std::ranges::any_of(rules_.quiet, [&](const QuietPeriod& period) {
            return sys_days(period.from) <= day && day <= sys_days(period.to);
        });
        if (!quiet && rules_.working_days.contains(day)) days_.push_back(day);
    }
    for (const auto& occasion : rules_.occasions) occasions_.emplace_back(occasion.key, days_of(occasion, year));
}

std::span<const Date> YearFrame::days_of_occasion(std::string_view key) const {
    for (const auto& [known, days] : occasions_) {
        if (known == key) return days;
    }
    return {};
}

DayLoad::DayLoad(int year) : first_(std::chrono::year(year) / 1 / 1), touches_(366) {}

void DayLoad::add(std::span<const PlannedTouch> touches) {
    for (const auto& touch : touches) {
        const auto index = (sys_days(touch.due_on) - first_).count();
        if (index >= 0 && index < static_cast<long>(touches_.size())) ++touches_[static_cast<std::size_t>(index)];
    }
}

int DayLoad::of(sys_days day) const {
    const auto index = (day - first_).count();
    return index >= 0 && index < static_cast<long>(touches_.size()) ? touches_[static_cast<std::size_t>(index)] : 0;
}

}  // namespace rasid

#include "engagement/working_days.hpp"

namespace rasid {
namespace {

using std::chrono::sys_days;

constexpr int kLongestClosure = 1000;

Calendar sunday_to_thursday() {
    Calendar calendar;
    for (std::size_t day = 0; day < 5; ++day) calendar.hours[day] = {{.from = 540, .to = 1020}};
    return calendar;
}

}  // namespace

WorkingDays::WorkingDays() : days_(CalendarDays::of(sunday_to_thursday()).value()) {}

Result<WorkingDays> WorkingDays::of(const Calendar& calendar) {
    auto days_of = CalendarDays::of(calendar);
    if (!days_of) return days_of.error();
    WorkingDays result;
    result.days_ = std::move(*days_of);
    return result;
}

bool WorkingDays::contains(Date date) const {
    return !days_.hours_on(CalendarDays::Day(sys_days(date).time_since_epoch())).empty();
}

Date WorkingDays::next_free(Date date, const std::set<sys_days>& taken) const {
    auto day = sys_days(date) + std::chrono::days(1);
    for (int tries = 0; tries < kLongestClosure && (taken.contains(day) || !contains(day)); ++tries)
        day += std::chrono::days(1);
    return day;
}

}  // namespace rasid

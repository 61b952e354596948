#pragma once

#include "core/customer.hpp"
#include "core/failure.hpp"
#include "core/hijri.hpp"
#include "core/setup.hpp"

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace rasid {

/// "09:00-12:30" as minutes of a day; "24:00" may end it. nullopt: something else, or nothing between the two.
std::optional<DayInterval> parse_day_interval(std::string_view text);

/// What an entry of a calendar's `holidays` says. `hours` are those of the days it names; none: closed.
///
///     2026-09-23                       a date                     2026-12-24=09:00-12:00        with hours of its own
///     2026-12-24/2026-12-31            both ends included         hijri:10-01                   every 1 Shawwal
///     hijri:09=10:00-13:00,14:00-16:00 the working days of every Ramadan
///     hijri:+1                         every Hijri month begins a day later than Umm al-Qura has it (-2 … +2)
///     hijri:1447-10:-1                 Shawwal 1447 alone begins a day earlier
struct CalendarException {
    enum class Kind { dates, hijri_day, hijri_month, hijri_shift };
    Kind kind = Kind::dates;
    Date first = {};
    Date last = {};
    int year = 0;  ///< hijri_shift: 0 for every month
    int month = 0;
    int day = 0;
    int shift = 0;  ///< days
    std::vector<DayInterval> hours = {};
};

/// nullopt: none of the above, a day that does not exist, hours out of order, or more than 400 days.
std::optional<CalendarException> parse_calendar_exception(std::string_view text);

/// Which minutes of which local days a calendar works. Of several entries for one day a date goes before a Hijri day,
/// that before a Hijri month, that before the weekday; of equals the first with hours, else closed. A Hijri month
/// changes the hours of days that its weekday works; the others also open days that it does not.
class CalendarDays {
public:
    /// Fails with malformed: unreadable holiday, hours out of order.
    static Result<CalendarDays> of(const Calendar& calendar);

    using Day = std::chrono::local_days;

    /// Empty: closed. Valid as long as this object.
    const std::vector<DayInterval>& hours_on(Day day) const;

    /// No hours and no holidays: every minute is worked.
    bool round_the_clock() const { return round_the_clock_; }

private:
    std::optional<HijriDay> hijri_of(Day day) const;
    std::chrono::days shift_of(int year, int month) const;

    std::array<std::vector<DayInterval>, 7> weekdays_ = {};
    std::map<Day, std::vector<DayInterval>> dates_ = {};
    std::map<std::pair<int, int>, std::vector<DayInterval>> hijri_days_ = {};  ///< by month and day
    std::map<int, std::vector<DayInterval>> hijri_months_ = {};
    std::map<std::pair<int, int>, int> shifts_ = {};  ///< by year and month; (0, 0) for every month
    bool round_the_clock_ = false;
};

}  // namespace rasid

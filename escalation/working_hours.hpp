#pragma once

#include "core/calendar_days.hpp"

#include <vector>

namespace date {
class time_zone;
}

namespace rasid {

/// A calendar made ready for arithmetic: zone looked up, holidays read.
///
/// A local time that a change of the clocks skips is the next valid instant, one that occurs twice is the first; both
/// keep the order of local times, so the intervals of a day never overlap. Without hours every day is worked from
/// midnight to midnight. `CalendarDays` says which days have hours of their own.
class WorkingHours {
public:
    /// Fails with malformed: unknown time zone, unreadable holiday, bad interval.
    static Result<WorkingHours> of(const Calendar& calendar);

    struct Span {
        Instant from = {};
        Instant to = {};
    };

    using Day = CalendarDays::Day;

    Day local_day(Instant at) const;

    /// Worked time of one local day in order; empty spans are left out.
    std::vector<Span> spans_of(Day day) const;

    /// No hours and no holidays.
    bool round_the_clock() const { return days_.round_the_clock(); }

    /// Whether any day of the thousand days from `start` on is worked.
    bool opens_after(Day start) const;

private:
    const date::time_zone* zone_ = nullptr;
    CalendarDays days_ = {};
};

/// A calendar is searched this many days for its next worked one before it counts as never open.
inline constexpr int kLongestClosure = 1000;

}  // namespace rasid

#pragma once

#include "core/calendar_days.hpp"

#include <set>

namespace rasid {

/// The days on which we work, and therefore write, call and send.
class WorkingDays {
public:
    /// Sunday to Thursday, without holidays.
    WorkingDays();

    /// The days of a calendar that have hours and are no holiday; every day but holidays where it has no hours at all.
    /// Fails with malformed: an unreadable holiday.
    static Result<WorkingDays> of(const Calendar& calendar);

    bool contains(Date date) const;

    /// The first working day after `date` that is not `taken`. A calendar that stays closed for a thousand days counts
    /// as open.
    Date next_free(Date date, const std::set<std::chrono::sys_days>& taken = {}) const;

private:
    CalendarDays days_;
};

}  // namespace rasid

#pragma once

#include "core/customer.hpp"
#include "core/failure.hpp"
#include "core/setup.hpp"

#include <array>
#include <set>
#include <utility>
#include <vector>

namespace rasid {

/// The days on which we work, and therefore write, call and send.
class WorkingDays {
public:
    /// Sunday to Thursday, without holidays.
    WorkingDays() = default;

    /// The days of a calendar that have hours and are no holiday; every day but holidays where it has no hours at all.
    /// Fails with malformed: an unreadable holiday.
    static Result<WorkingDays> of(const Calendar& calendar);

    bool contains(Date date) const;

    /// The first working day after `date` that is not `taken`. A calendar that stays closed for a thousand days counts
    /// as open.
    Date next_free(Date date, const std::set<std::chrono::sys_days>& taken = {}) const;

private:
    std::array<bool, 7> weekdays_ = {true, true, true, true, true, false, false};  ///< Sunday first
    std::set<std::chrono::sys_days> dates_ = {};
    std::vector<std::pair<int, int>> hijri_ = {};  ///< month and day, every year
};

}  // namespace rasid

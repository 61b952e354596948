#pragma once

#include "core/customer.hpp"
#include "core/failure.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// What a file of holidays gave.
struct ImportedHolidays {
    std::vector<std::string> holidays = {};  ///< entries of Calendar::holidays, in order of time, each once
    int timed = 0;                           ///< events left out because they take some hours only
    int unreadable = 0;                      ///< events left out because of a date or a rule that is not understood
};

/// The all-day events of an iCalendar file (RFC 5545) that touch the days `from` … `to`, both included, at most ten
/// years. Yearly rules are unrolled (INTERVAL, COUNT, UNTIL, BYMONTH, BYMONTHDAY, BYDAY), with RDATE, EXDATE and moved
/// or cancelled occurrences; an event with any other rule counts as unreadable rather than giving wrong days.
///
/// The file is hostile: fails with blocked for more than 1 MiB or 5000 holidays, with malformed for what is no calendar
/// or for a window that is none.
Result<ImportedHolidays> import_holidays(std::string_view file, Date from, Date to);

}  // namespace rasid

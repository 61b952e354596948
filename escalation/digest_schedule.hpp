#pragma once

#include "core/setup.hpp"

#include <optional>

namespace rasid {

/// The first daily digest after `after`, on a day that the calendar works; without a calendar every day in UTC.
/// nullopt: the calendar cannot be used or is closed for years.
std::optional<Instant> next_daily_digest(const DigestSchedule& schedule, const Calendar* calendar, Instant after);

/// The same for the weekly report: on the first working day of each week.
std::optional<Instant> next_weekly_report(const DigestSchedule& schedule, const Calendar* calendar, Instant after);

}  // namespace rasid

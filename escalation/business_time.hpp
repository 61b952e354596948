#pragma once

#include "core/setup.hpp"

#include <optional>

namespace rasid {

/// The instant at which `length` of working time has passed since `start`. A null or empty calendar works round the
/// clock. A local time that a change of the clocks skips is the next valid instant; one that occurs twice is the first.
Instant add_business_time(const Calendar* calendar, Instant start, Duration length);

/// Working time between two instants; zero when `to` is not after `from`.
Duration business_time_between(const Calendar* calendar, Instant from, Instant to);

/// When work resumes, if `at` lies outside working hours.
std::optional<Instant> resumes_at(const Calendar* calendar, Instant at);

/// nullopt when the calendar can be used; else what is wrong with it (unknown time zone, bad holiday, no hours in a
/// year).
std::optional<std::string> problem_of(const Calendar& calendar);

}  // namespace rasid

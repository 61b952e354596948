#pragma once

#include "core/customer.hpp"
#include "core/instant.hpp"

#include <chrono>
#include <string>

namespace rasid {

// The clock on the wall of a place. `time_zone` is an IANA name; an unknown one is UTC.

inline constexpr int kMinutesOfDay = 24 * 60;

/// The day there.
Date local_date(Instant at, const std::string& time_zone);

/// The moment at which so many minutes of a day there have passed (kMinutesOfDay: its end). Of a time that occurs twice
/// the first, for one that is skipped the next valid one.
Instant local_instant(Date day, int minutes, const std::string& time_zone);

}  // namespace rasid

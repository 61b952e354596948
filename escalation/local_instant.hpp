#pragma once

#include "core/instant.hpp"

#include <chrono>
#include <string>

namespace date {
class time_zone;
}

namespace rasid {

/// nullptr: there is no such IANA zone.
const date::time_zone* find_zone(const std::string& name);

/// The instant of a minute of a local day. A local time that a change of the clocks skips is the next valid instant,
/// one that occurs twice is the first.
Instant local_instant(const date::time_zone& zone, std::chrono::local_days day, int minute);

std::chrono::local_days local_day(const date::time_zone& zone, Instant at);

}  // namespace rasid

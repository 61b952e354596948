#pragma once

#include "core/instant.hpp"

#include <optional>
#include <string_view>

namespace rasid {

/// A date as feeds write it: RFC 822 with or without weekday, seconds and zone, two-digit years, full month names,
/// named zones; ISO 8601 down to the year; asctime. No zone, or an unknown one, means UTC. nullopt when no day can be
/// made out.
std::optional<Instant> parse_feed_date(std::string_view text);

}  // namespace rasid

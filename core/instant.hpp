#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rasid {

using Duration = std::chrono::microseconds;

/// A moment in UTC, to the microsecond; the only representation of time in the domain and in storage.
using Instant = std::chrono::sys_time<Duration>;

inline std::int64_t to_micros(Instant at) { return at.time_since_epoch().count(); }
inline Instant from_micros(std::int64_t micros) { return Instant(Duration(micros)); }

/// "2026-11-21T19:51:20.123Z", always UTC and with milliseconds.
std::string to_rfc3339(Instant at);

/// Any RFC 3339 form: offset or Z, any number of fraction digits; a space or lower-case t for T is accepted.
/// nullopt when the text is no date or lies outside the years 1..9999.
std::optional<Instant> parse_rfc3339(std::string_view text);

/// "90s", "15m", "8h", "2d", or a sum such as "1h30m". nullopt when the text is something else or negative.
std::optional<Duration> parse_duration(std::string_view text);

/// The shortest text that parse_duration reads back to the same whole seconds: "15m", "1h30m", "0s".
std::string to_duration_text(Duration duration);

}  // namespace rasid

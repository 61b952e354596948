#include "escalation/local_instant.hpp"

#include <date/tz.h>

#include <stdexcept>

namespace rasid {

const date::time_zone* find_zone(const std::string& name) {
    try {
        return date::locate_zone(name);
    } catch (const std::runtime_error&) {
        return nullptr;
    }
}

Instant local_instant(const date::time_zone& zone, std::chrono::local_days day, int minute) {
    const date::local_seconds local(day.time_since_epoch() + std::chrono::minutes(minute));
    const auto info = zone.get_info(local);
    if (info.result == date::local_info::nonexistent) return info.first.end;
    return Instant(local.time_since_epoch() - info.first.offset);
}

std::chrono::local_days local_day(const date::time_zone& zone, Instant at) {
    const auto info = zone.get_info(date::floor<std::chrono::seconds>(at));
    return std::chrono::local_days(std::chrono::floor<std::chrono::days>((at + info.offset).time_since_epoch()));
}

}  // namespace rasid

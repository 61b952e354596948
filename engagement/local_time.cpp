#include "engagement/local_time.hpp"

#include <date/tz.h>

#include <stdexcept>

namespace rasid {
namespace {

const date::time_zone* zone_of(const std::string& name) {
    try {
        return date::locate_zone(name);
    } catch (const std::runtime_error&) {
        return date::locate_zone("Etc/UTC");
    }
}

}  // namespace

Date local_date(Instant at, const std::string& time_zone) {
    const auto local = zone_of(time_zone)->to_local(at);
    return Date(std::chrono::sys_days(std::chrono::floor<std::chrono::days>(local.time_since_epoch())));
}

Instant local_instant(Date day, int minutes, const std::string& time_zone) {
    const date::local_time<std::chrono::minutes> local(std::chrono::sys_days(day).time_since_epoch() +
                                                       std::chrono::minutes(minutes));
    const auto info = zone_of(time_zone)->get_info(local);
    if (info.result == date::local_info::nonexistent) return info.first.end;
    return Instant(local.time_since_epoch() - info.first.offset);
}

}  // namespace rasid

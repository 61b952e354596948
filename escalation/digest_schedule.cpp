#include "escalation/digest_schedule.hpp"

#include "core/calendar_days.hpp"
#include "escalation/local_instant.hpp"

namespace rasid {
namespace {

using Day = CalendarDays::Day;
using std::chrono::days;

constexpr int kDaysAhead = 1000;

/// The first day, from the local one of `after` on, that `fits` and whose moment lies behind `after`.
template <typename Fits>
std::optional<Instant> next(const DigestSchedule& schedule, const Calendar* calendar, Instant after, Fits fits) {
    const Calendar always;
    const auto& used = calendar ? *calendar : always;
    const auto working = CalendarDays::of(used);
    const auto* zone = find_zone(used.time_zone);
    if (!working || !zone) return std::nullopt;
    const auto today = local_day(*zone, after);
    for (int ahead = 0; ahead < kDaysAhead; ++ahead) {
        const auto day = today + days(ahead);
        if (working->hours_on(day).empty() || !fits(*working, day)) continue;
        const auto at = local_instant(*zone, day, schedule.minute);
        if (at > after) return at;
    }
    return std::nullopt;
}

}  // namespace

std::optional<Instant> next_daily_digest(const DigestSchedule& schedule, const Calendar* calendar, Instant after) {
    return next(schedule, calendar, after, [](const CalendarDays&, Day) { return true; });
}

std::optional<Instant> next_weekly_report(const DigestSchedule& schedule, const Calendar* calendar, Instant after) {
    return next(schedule, calendar, after, [&](const CalendarDays& working, Day day) {
        const auto weekday = std::chrono::weekday(std::chrono::sys_days(day.time_since_epoch()));
        const auto since = (weekday - schedule.week_begins).count();
        for (int back = 1; back <= since; ++back) {
            if (!working.hours_on(day - days(back)).empty()) return false;
        }
        return true;
    });
}

}  // namespace rasid

#include "escalation/report/period.hpp"

#include "escalation/local_instant.hpp"

#include <date/tz.h>

#include <algorithm>

namespace rasid {
namespace {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::sys_days;

constexpr std::chrono::year kFirstYear{2000};
constexpr std::chrono::year kLastYear{2200};

local_days local(Date date) { return local_days(sys_days(date).time_since_epoch()); }
Date date_of(local_days day) { return Date(sys_days(day.time_since_epoch())); }

ReportPeriod between(const date::time_zone& zone, local_days first, local_days last) {
    ReportPeriod period{.first = date_of(first), .last = date_of(last), .zone = &zone};
    for (auto day = first; day <= last; day += days(1)) period.days.push_back(local_instant(zone, day, 0));
    period.from = period.days.front();
    period.to = local_instant(zone, last + days(1), 0);
    return period;
}

}  // namespace

std::size_t ReportPeriod::day_of(Instant at) const {
    const auto behind = std::ranges::upper_bound(days, at);
    return static_cast<std::size_t>(std::max<std::ptrdiff_t>(behind - days.begin() - 1, 0));
}

int ReportPeriod::hour_of(Instant at) const {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(at);
    const auto wall = seconds.time_since_epoch() + zone->get_info(seconds).offset;
    return static_cast<int>(
        std::chrono::floor<std::chrono::hours>(wall - std::chrono::floor<std::chrono::days>(wall)).count());
}

std::optional<ReportPeriod> report_period(const std::string& time_zone, Date first, Date last) {
    const auto* zone = find_zone(time_zone);
    if (!zone || !first.ok() || !last.ok() || first > last) return std::nullopt;
    if (first.year() < kFirstYear || last.year() > kLastYear) return std::nullopt;
    if (sys_days(last) - sys_days(first) >= days(kMostReportDays)) return std::nullopt;
    return between(*zone, local(first), local(last));
}

std::optional<ReportPeriod> last_days(const std::string& time_zone, Instant now, int count) {
    const auto* zone = find_zone(time_zone);
    if (!zone || count < 1 || count > kMostReportDays) return std::nullopt;
    const auto today = local_day(*zone, now);
    return between(*zone, today - days(count - 1), today);
}

ReportPeriod period_before(const ReportPeriod& period) {
    const auto count = days(static_cast<int>(period.days.size()));
    const auto first = local(period.first);
    return between(*period.zone, first - count, first - days(1));
}

}  // namespace rasid

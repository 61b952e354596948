#pragma once

#include "core/customer.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace date {
class time_zone;
}

namespace rasid {

inline constexpr int kMostReportDays = 366;

/// The whole days [from, to) of a place that a report tells of.
struct ReportPeriod {
    Date first = {};
    Date last = {};  ///< its last day, which is part of it
    Instant from = {};
    Instant to = {};
    std::vector<Instant> days = {};  ///< their beginnings
    const date::time_zone* zone = nullptr;

    bool holds(Instant at) const { return at >= from && at < to; }
    bool holds(const std::optional<Instant>& at) const { return at && holds(*at); }
    /// Place of the day in `days`, for an instant of the period.
    std::size_t day_of(Instant at) const;
    int hour_of(Instant at) const;  ///< 0 … 23, by the clock on the wall
    Instant end_of(std::size_t day) const { return day + 1 < days.size() ? days[day + 1] : to; }
};

/// From the first to the last day. nullopt: there is no such zone, the days stand the wrong way round, lie outside the
/// years 2000 … 2200 or are more than kMostReportDays.
std::optional<ReportPeriod> report_period(const std::string& time_zone, Date first, Date last);

/// So many days, of which the last is today's. nullopt as above.
std::optional<ReportPeriod> last_days(const std::string& time_zone, Instant now, int days);

/// As many days, which end where this period begins.
ReportPeriod period_before(const ReportPeriod& period);

}  // namespace rasid

#include "escalation/working_hours.hpp"

#include "core/customer.hpp"
#include "core/hijri.hpp"

#include <date/tz.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <string>

namespace rasid {
namespace {

std::optional<std::pair<int, int>> parse_hijri(std::string_view text) {
    constexpr std::string_view kPrefix = "hijri:";
    if (!text.starts_with(kPrefix)) return std::nullopt;
    text.remove_prefix(kPrefix.size());
    int month = 0;
    int day = 0;
    if (text.size() != 5 || text[2] != '-') return std::nullopt;
    const auto month_read = std::from_chars(text.data(), text.data() + 2, month);
    const auto day_read = std::from_chars(text.data() + 3, text.data() + 5, day);
    if (month_read.ptr != text.data() + 2 || day_read.ptr != text.data() + 5) return std::nullopt;
    if (month < 1 || month > 12 || day < 1 || day > 30) return std::nullopt;
    return std::pair(month, day);
}

bool in_order(const std::vector<DayInterval>& intervals) {
    int end = 0;
    for (const auto& interval : intervals) {
        if (interval.from < end || interval.to <= interval.from || interval.to > 1440) return false;
        end = interval.to;
    }
    return true;
}

std::chrono::sys_days as_sys(WorkingHours::Day day) { return std::chrono::sys_days(day.time_since_epoch()); }

}  // namespace

Result<WorkingHours> WorkingHours::of(const Calendar& calendar) {
    WorkingHours result;
    try {
        result.zone_ = date::locate_zone(calendar.time_zone);
    } catch (const std::runtime_error&) {
        return Failure{Failure::Kind::malformed,
                       "time zone `" + calendar.time_zone + "` is unknown; use an IANA name such as Asia/Riyadh"};
    }
    for (const auto& holiday : calendar.holidays) {
        if (const auto hijri = parse_hijri(holiday)) {
            result.hijri_.push_back(*hijri);
        } else if (const auto day = parse_date(holiday)) {
            result.dates_.insert(Day(*day));
        } else {
            return Failure{Failure::Kind::malformed,
                           "holiday `" + holiday + "` is neither a date such as 2026-09-23 nor hijri:10-01"};
        }
    }
    for (const auto& intervals : calendar.hours) {
        if (!in_order(intervals)) {
            return Failure{Failure::Kind::malformed, "hours of a day must be in order, not overlap and end by 24:00"};
        }
    }
    result.hours_ = calendar.hours;
    if (std::ranges::all_of(calendar.hours, [](const auto& intervals) { return intervals.empty(); })) {
        result.round_the_clock_ = calendar.holidays.empty();
        result.hours_.fill({DayInterval{.from = 0, .to = 1440}});
    }
    return result;
}

WorkingHours::Day WorkingHours::local_day(Instant at) const {
    const auto info = zone_->get_info(date::floor<std::chrono::seconds>(at));
    return Day(std::chrono::floor<std::chrono::days>((at + info.offset).time_since_epoch()));
}

Instant WorkingHours::instant_of(Day day, int minute) const {
    const date::local_seconds local(day.time_since_epoch() + std::chrono::minutes(minute));
    const auto info = zone_->get_info(local);
    if (info.result == date::local_info::nonexistent) return info.first.end;
    return Instant(local.time_since_epoch() - info.first.offset);
}

bool WorkingHours::is_holiday(Day day) const {
    if (dates_.contains(day)) return true;
    if (hijri_.empty()) return false;
    const auto hijri = to_hijri(as_sys(day));
    return hijri && std::ranges::find(hijri_, std::pair(hijri->month, hijri->day)) != hijri_.end();
}

std::vector<WorkingHours::Span> WorkingHours::spans_of(Day day) const {
    std::vector<Span> spans;
    const auto weekday = std::chrono::weekday(as_sys(day)).c_encoding();
    if (hours_[weekday].empty() || is_holiday(day)) return spans;
    for (const auto& interval : hours_[weekday]) {
        const Span span{instant_of(day, interval.from), instant_of(day, interval.to)};
        if (span.from < span.to) spans.push_back(span);
    }
    return spans;
}

bool WorkingHours::opens_after(Day start) const {
    for (int ahead = 0; ahead < kLongestClosure; ++ahead) {
        if (!spans_of(start + std::chrono::days(ahead)).empty()) return true;
    }
    return false;
}

}  // namespace rasid

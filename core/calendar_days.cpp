#include "core/calendar_days.hpp"

#include <algorithm>
#include <charconv>
#include <string>

namespace rasid {
namespace {

constexpr std::string_view kHijri = "hijri:";
constexpr int kLongestStretch = 400;
constexpr std::size_t kIntervalsOfADay = 24;

/// Exactly so many digits.
std::optional<int> number(std::string_view text, std::size_t digits) {
    int value = 0;
    if (text.size() != digits || text.front() < '0' || text.front() > '9') return std::nullopt;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    return read.ptr == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

std::optional<int> parse_minute(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const auto hour = number(text.substr(0, 2), 2);
    const auto minute = number(text.substr(3), 2);
    if (!hour || !minute || *minute > 59 || *hour * 60 + *minute > 1440) return std::nullopt;
    return *hour * 60 + *minute;
}

bool in_order(const std::vector<DayInterval>& intervals) {
    int end = 0;
    for (const auto& interval : intervals) {
        if (interval.from < end || interval.to <= interval.from || interval.to > 1440) return false;
        end = interval.to;
    }
    return true;
}

std::optional<std::vector<DayInterval>> parse_hours(std::string_view text) {
    std::vector<DayInterval> hours;
    while (hours.size() < kIntervalsOfADay) {
        const auto comma = text.find(',');
        const auto interval = parse_day_interval(text.substr(0, comma));
        if (!interval) return std::nullopt;
        hours.push_back(*interval);
        if (comma == std::string_view::npos) return in_order(hours) ? std::optional(hours) : std::nullopt;
        text.remove_prefix(comma + 1);
    }
    return std::nullopt;
}

std::optional<int> parse_month(std::string_view text) {
    const auto month = number(text, 2);
    return month && *month >= 1 && *month <= 12 ? month : std::nullopt;
}

std::optional<int> parse_shift(std::string_view text) {
    if (text.size() != 2 || (text[0] != '+' && text[0] != '-') || text[1] < '0' || text[1] > '2') return std::nullopt;
    return (text[0] == '-' ? -1 : 1) * (text[1] - '0');
}

/// Behind "hijri:", before the hours.
std::optional<CalendarException> parse_hijri(std::string_view text) {
    using Kind = CalendarException::Kind;
    CalendarException result;
    if (const auto shift = parse_shift(text)) {
        result.kind = Kind::hijri_shift;
        result.shift = *shift;
        return result;
    }
    if (text.size() == 10 && text[4] == '-' && text[7] == ':') {
        const auto year = number(text.substr(0, 4), 4);
        const auto month = parse_month(text.substr(5, 2));
        const auto shift = parse_shift(text.substr(8));
        if (!year || *year == 0 || !month || !shift) return std::nullopt;
        result.kind = Kind::hijri_shift;
        result.year = *year;
        result.month = *month;
        result.shift = *shift;
        return result;
    }
    if (text.size() != 2 && (text.size() != 5 || text[2] != '-')) return std::nullopt;
    const auto month = parse_month(text.substr(0, 2));
    if (!month) return std::nullopt;
    result.kind = Kind::hijri_month;
    result.month = *month;
    if (text.size() == 2) return result;
    const auto day = number(text.substr(3), 2);
    if (!day || *day < 1 || *day > 30) return std::nullopt;
    result.kind = Kind::hijri_day;
    result.day = *day;
    return result;
}

std::optional<CalendarException> parse_dates(std::string_view text) {
    const auto slash = text.find('/');
    const auto first = parse_date(text.substr(0, slash));
    const auto last = slash == std::string_view::npos ? first : parse_date(text.substr(slash + 1));
    if (!first || !last) return std::nullopt;
    const auto length = std::chrono::sys_days(*last) - std::chrono::sys_days(*first);
    if (length.count() < 0 || length.count() >= kLongestStretch) return std::nullopt;
    CalendarException result;
    result.first = *first;
    result.last = *last;
    return result;
}

/// Hours go before being closed, what came first before what came later.
template <typename Map, typename Key>
void put(Map& map, const Key& key, const std::vector<DayInterval>& hours) {
    auto& known = map[key];
    if (known.empty()) known = hours;
}

std::chrono::sys_days as_sys(CalendarDays::Day day) { return std::chrono::sys_days(day.time_since_epoch()); }

}  // namespace

std::optional<DayInterval> parse_day_interval(std::string_view text) {
    if (text.size() != 11 || text[5] != '-') return std::nullopt;
    const auto from = parse_minute(text.substr(0, 5));
    const auto to = parse_minute(text.substr(6));
    if (!from || !to || *from >= *to) return std::nullopt;
    return DayInterval{*from, *to};
}

std::optional<CalendarException> parse_calendar_exception(std::string_view text) {
    const auto equals = text.find('=');
    const auto days = text.substr(0, equals);
    auto result = days.starts_with(kHijri) ? parse_hijri(days.substr(kHijri.size())) : parse_dates(days);
    if (!result) return std::nullopt;
    // A whole month without hours is far likelier a slip of the pen than a month of holidays.
    const bool has_hours = equals != std::string_view::npos;
    if (result->kind == CalendarException::Kind::hijri_month && !has_hours) return std::nullopt;
    if (!has_hours) return result;
    auto hours = parse_hours(text.substr(equals + 1));
    if (!hours || result->kind == CalendarException::Kind::hijri_shift) return std::nullopt;
    result->hours = std::move(*hours);
    return result;
}

Result<CalendarDays> CalendarDays::of(const Calendar& calendar) {
    CalendarDays result;
    for (const auto& holiday : calendar.holidays) {
        const auto entry = parse_calendar_exception(holiday);
        if (!entry) {
            return Failure{Failure::Kind::malformed, "holiday `" + holiday +
                                                         "` is no date such as 2026-09-23, 2026-12-24=09:00-12:00 or "
                                                         "hijri:10-01, and no hours such as hijri:09=10:00-15:00"};
        }
        switch (entry->kind) {
        case CalendarException::Kind::dates:
            for (auto day = std::chrono::sys_days(entry->first); day <= std::chrono::sys_days(entry->last);
                 day += std::chrono::days(1)) {
                put(result.dates_, Day(day.time_since_epoch()), entry->hours);
            }
            break;
        case CalendarException::Kind::hijri_day:
            put(result.hijri_days_, std::pair(entry->month, entry->day), entry->hours);
            break;
        case CalendarException::Kind::hijri_month:
            put(result.hijri_months_, entry->month, entry->hours);
            break;
        case CalendarException::Kind::hijri_shift:
            result.shifts_[{entry->year, entry->month}] = entry->shift;
            break;
        }
    }
    if (!std::ranges::all_of(calendar.hours, in_order))
        return Failure{Failure::Kind::malformed, "hours of a day must be in order, not overlap and end by 24:00"};
    result.weekdays_ = calendar.hours;
    if (std::ranges::all_of(calendar.hours, [](const auto& intervals) { return intervals.empty(); })) {
        result.round_the_clock_ = calendar.holidays.empty();
        result.weekdays_.fill({DayInterval{.from = 0, .to = 1440}});
    }
    return result;
}

std::chrono::days CalendarDays::shift_of(int year, int month) const {
    auto shift = shifts_.find({year, month});
    if (shift == shifts_.end()) shift = shifts_.find({0, 0});
    return std::chrono::days(shift == shifts_.end() ? 0 : shift->second);
}

std::optional<HijriDay> CalendarDays::hijri_of(Day day) const {
    const auto tabulated = to_hijri(as_sys(day));
    if (!tabulated || shifts_.empty()) return tabulated;
    // Corrections are smaller than a month, so the day lies in the tabulated month or beside it.
    for (int beside = 1; beside >= -1; --beside) {
        const int months = tabulated->year * 12 + tabulated->month - 1 + beside;
        const int year = months / 12;
        const int month = months % 12 + 1;
        const auto start = from_hijri({year, month, 1});
        if (!start) continue;
        const auto begins = *start + shift_of(year, month);
        if (begins <= as_sys(day))
            return HijriDay{.year = year, .month = month, .day = static_cast<int>((as_sys(day) - begins).count()) + 1};
    }
    return tabulated;
}

const std::vector<DayInterval>& CalendarDays::hours_on(Day day) const {
    const auto& usual = weekdays_[std::chrono::weekday(as_sys(day)).c_encoding()];
    if (const auto date = dates_.find(day); date != dates_.end()) return date->second;
    if (hijri_days_.empty() && hijri_months_.empty()) return usual;
    const auto hijri = hijri_of(day);
    if (!hijri) return usual;
    if (const auto of_day = hijri_days_.find({hijri->month, hijri->day}); of_day != hijri_days_.end())
        return of_day->second;
    const auto of_month = hijri_months_.find(hijri->month);
    return of_month == hijri_months_.end() || usual.empty() ? usual : of_month->second;
}

}  // namespace rasid

#include "engagement/working_days.hpp"

#include "core/hijri.hpp"

#include <algorithm>
#include <charconv>

namespace rasid {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr int kLongestClosure = 1000;
constexpr std::string_view kHijri = "hijri:";

std::optional<std::pair<int, int>> month_and_day(std::string_view text) {
    if (text.size() != 5 || text[2] != '-') return std::nullopt;
    int month = 0;
    int day = 0;
    const auto first = std::from_chars(text.data(), text.data() + 2, month);
    const auto second = std::from_chars(text.data() + 3, text.data() + 5, day);
    const bool whole = first.ptr == text.data() + 2 && second.ptr == text.data() + 5;
    if (!whole || month < 1 || month > 12 || day < 1 || day > 30) return std::nullopt;
    return std::pair(month, day);
}

}  // namespace

Result<WorkingDays> WorkingDays::of(const Calendar& calendar) {
    WorkingDays result;
    const bool any = std::ranges::any_of(calendar.hours, [](const auto& intervals) { return !intervals.empty(); });
    for (std::size_t day = 0; day < 7; ++day) result.weekdays_[day] = !any || !calendar.hours[day].empty();
    for (const std::string_view holiday : calendar.holidays) {
        if (holiday.starts_with(kHijri)) {
            const auto yearly = month_and_day(holiday.substr(kHijri.size()));
            if (!yearly) return Failure{Failure::Kind::malformed, "`" + std::string(holiday) + "` is no holiday"};
            result.hijri_.push_back(*yearly);
        } else if (const auto date = parse_date(holiday)) {
            result.dates_.insert(sys_days(*date));
        } else {
            return Failure{Failure::Kind::malformed, "`" + std::string(holiday) + "` is no holiday"};
        }
    }
    return result;
}

bool WorkingDays::contains(Date date) const {
    const sys_days day(date);
    if (!weekdays_[std::chrono::weekday(day).c_encoding()] || dates_.contains(day)) return false;
    if (hijri_.empty()) return true;
    const auto there = to_hijri(day);
    return !there || std::ranges::find(hijri_, std::pair(there->month, there->day)) == hijri_.end();
}

Date WorkingDays::next_free(Date date, const std::set<sys_days>& taken) const {
    auto day = sys_days(date) + days(1);
    for (int tries = 0; tries < kLongestClosure && (taken.contains(day) || !contains(day)); ++tries) day += days(1);
    return day;
}

}  // namespace rasid

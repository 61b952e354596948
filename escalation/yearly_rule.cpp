#include "escalation/yearly_rule.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

namespace rasid {
namespace {

using std::chrono::sys_days;
using Year = std::chrono::year;

constexpr std::array<std::string_view, 7> kWeekdays = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};

std::optional<int> number(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    int value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
    return value;
}

std::vector<std::string_view> split(std::string_view text, char by) {
    std::vector<std::string_view> parts;
    for (std::size_t at = 0; at != std::string_view::npos;) {
        const auto end = text.find(by, at);
        parts.push_back(text.substr(at, end - at));
        at = end == std::string_view::npos ? end : end + 1;
    }
    return parts;
}

/// Whole numbers other than zero whose size lies within 1 … most.
bool read_numbers(std::string_view text, int most, bool negative, std::vector<int>& out) {
    for (const auto part : split(text, ',')) {
        const auto value = number(part);
        if (!value || *value == 0 || std::abs(*value) > most || (*value < 0 && !negative)) return false;
        out.push_back(*value);
    }
    return true;
}

bool read_weekdays(std::string_view text, std::vector<std::pair<int, unsigned>>& out) {
    for (const auto part : split(text, ',')) {
        if (part.size() < 2) return false;
        const auto day = std::ranges::find(kWeekdays, part.substr(part.size() - 2));
        const auto ordinal = part.size() == 2 ? std::optional(0) : number(part.substr(0, part.size() - 2));
        if (day == kWeekdays.end() || !ordinal || std::abs(*ordinal) > 53) return false;
        out.emplace_back(*ordinal, static_cast<unsigned>(day - kWeekdays.begin()));
    }
    return true;
}

std::optional<Date> read_until(std::string_view text) {
    if (text.size() < 8) return std::nullopt;
    return parse_date(std::string(text.substr(0, 4)) + "-" + std::string(text.substr(4, 2)) + "-" +
                      std::string(text.substr(6, 2)));
}

bool read_part(YearlyRule& rule, std::string_view name, std::string_view value) {
    if (name == "FREQ") return value == "YEARLY";
    if (name == "WKST") return true;  // without week numbers it changes nothing
    if (name == "BYMONTH") return read_numbers(value, 12, false, rule.months);
    if (name == "BYMONTHDAY") return read_numbers(value, 31, true, rule.month_days);
    if (name == "BYDAY") return read_weekdays(value, rule.weekdays);
    if (name == "UNTIL") return (rule.until = read_until(value)).has_value();
    const auto whole = number(value);
    if (!whole || *whole < 1 || *whole > 1000) return false;
    if (name == "INTERVAL") rule.interval = *whole;
    if (name == "COUNT") rule.count = *whole;
    return name == "INTERVAL" || name == "COUNT";
}

bool contains(const std::vector<int>& values, int value) { return std::ranges::find(values, value) != values.end(); }

/// Counted within the month where the rule names months, else within the year.
bool nth(int ordinal, Date day, bool of_month) {
    if (ordinal == 0) return true;
    const auto first = of_month ? sys_days(day.year() / day.month() / 1) : sys_days(day.year() / 1 / 1);
    const auto last =
        of_month ? sys_days(day.year() / day.month() / std::chrono::last) : sys_days(day.year() / 12 / 31);
    const auto behind = ordinal > 0 ? sys_days(day) - first : last - sys_days(day);
    return behind.count() / 7 + 1 == std::abs(ordinal);
}

}  // namespace

std::optional<YearlyRule> parse_yearly_rule(std::string_view text) {
    YearlyRule rule;
    bool yearly = false;
    for (const auto part : split(text, ';')) {
        const auto equals = part.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        if (!read_part(rule, part.substr(0, equals), part.substr(equals + 1))) return std::nullopt;
        yearly |= part == "FREQ=YEARLY";
    }
    const bool ordinals = std::ranges::any_of(rule.weekdays, [](const auto& each) { return each.first != 0; });
    if (!yearly || (ordinals && !rule.month_days.empty())) return std::nullopt;
    return rule;
}

bool names_day(const YearlyRule& rule, Date first, Date day) {
    const auto month = static_cast<int>(static_cast<unsigned>(day.month()));
    const auto number_of_day = static_cast<int>(static_cast<unsigned>(day.day()));
    const bool by_day = !rule.month_days.empty() || !rule.weekdays.empty();
    if (!rule.months.empty() ? !contains(rule.months, month) : !by_day && day.month() != first.month()) return false;
    if (!rule.month_days.empty()) {
        const auto last = std::chrono::year_month_day_last(day.year() / day.month() / std::chrono::last).day();
        const int from_end = number_of_day - static_cast<int>(static_cast<unsigned>(last)) - 1;
        if (!contains(rule.month_days, number_of_day) && !contains(rule.month_days, from_end)) return false;
    }
    if (!rule.weekdays.empty()) {
        const auto weekday = std::chrono::weekday(sys_days(day)).c_encoding();
        return std::ranges::any_of(rule.weekdays, [&](const auto& each) {
            return each.second == weekday && nth(each.first, day, !rule.months.empty());
        });
    }
    return by_day || day.day() == first.day();
}

std::vector<Date> occurrences(const YearlyRule& rule, Date first, Date from, Date to, long& budget) {
    std::vector<Date> found;
    int year = static_cast<int>(first.year());
    // Without a count the years before the window can be passed over.
    if (rule.count == 0 && from.year() > first.year()) {
        const int ahead = static_cast<int>(from.year()) - year;
        year += ahead / rule.interval * rule.interval;
    }
    const Date last = rule.until ? std::min(*rule.until, to) : to;
    for (int counted = 0; Year(year) <= last.year(); year += rule.interval) {
        for (auto day = sys_days(Year(year) / 1 / 1); day <= sys_days(Year(year) / 12 / 31);
             day += std::chrono::days(1)) {
            const Date date(day);
            if (--budget < 0 || date > last) return found;
            // The first day counts whether or not the rule names it.
            if (date < first || (date != first && !names_day(rule, first, date))) continue;
            if (date >= from) found.push_back(date);
            if (rule.count > 0 && ++counted == rule.count) return found;
        }
    }
    return found;
}

}  // namespace rasid

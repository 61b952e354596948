#include "escalation/holiday_import.hpp"

#include "core/icalendar.hpp"
#include "escalation/yearly_rule.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <utility>

namespace rasid {
namespace {

using icalendar::Line;
using std::chrono::days;
using std::chrono::sys_days;

constexpr std::size_t kFileBytes = 1u << 20;
constexpr std::size_t kFileLines = 100'000;
constexpr std::size_t kHolidays = 5000;
constexpr long kDaysLookedAt = 20'000'000;
constexpr int kLongestEvent = 366;

struct Event {
    std::string uid = {};
    std::optional<Date> start = {};
    int length = 1;  ///< days
    std::optional<YearlyRule> rule = {};
    std::vector<Date> further = {};
    std::vector<Date> left_out = {};
    std::optional<Date> instead_of = {};  ///< the occurrence of the same uid that this event replaces
    bool cancelled = false;
    bool timed = false;
    bool unreadable = false;
};

/// "20261122"; a time behind it is not looked at.
std::optional<Date> read_day(std::string_view value) {
    if (value.size() < 8) return std::nullopt;
    return parse_date(std::string(value.substr(0, 4)) + "-" + std::string(value.substr(4, 2)) + "-" +
                      std::string(value.substr(6, 2)));
}

void read_days(std::string_view value, Event& event, std::vector<Date>& out) {
    for (std::size_t at = 0; at != std::string_view::npos;) {
        const auto comma = value.find(',', at);
        if (const auto day = read_day(value.substr(at, comma - at)))
            out.push_back(*day);
        else
            event.unreadable = true;
        at = comma == std::string_view::npos ? comma : comma + 1;
    }
}

/// "P3D" or "P1W": how long an all-day event may say that it lasts.
std::optional<int> read_length(std::string_view value) {
    int count = 0;
    if (!value.starts_with('P')) return std::nullopt;
    const auto read = std::from_chars(value.data() + 1, value.data() + value.size(), count);
    const std::string_view unit(read.ptr, static_cast<std::size_t>(value.data() + value.size() - read.ptr));
    if (read.ec != std::errc() || count < 1 || count > kLongestEvent || (unit != "D" && unit != "W"))
        return std::nullopt;
    return unit == "W" ? count * 7 : count;
}

void read(const Line& line, Event& event, std::optional<Date>& end) {
    const auto or_unreadable = [&](auto&& value) {
        event.unreadable |= !value.has_value();
        return value;
    };
    if (line.name == "UID") {
        event.uid = line.value;
    } else if (line.name == "DTSTART") {
        event.start = or_unreadable(read_day(line.value));
        event.timed = line.value.size() > 8;
    } else if (line.name == "DTEND") {
        end = or_unreadable(read_day(line.value));
    } else if (line.name == "DURATION") {
        event.length = or_unreadable(read_length(line.value)).value_or(1);
    } else if (line.name == "RRULE") {
        event.unreadable |= event.rule.has_value();
        event.rule = or_unreadable(parse_yearly_rule(line.value));
    } else if (line.name == "RDATE") {
        read_days(line.value, event, event.further);
    } else if (line.name == "EXDATE") {
        read_days(line.value, event, event.left_out);
    } else if (line.name == "RECURRENCE-ID") {
        event.instead_of = or_unreadable(read_day(line.value));
    } else if (line.name == "STATUS") {
        event.cancelled = line.value == "CANCELLED";
    } else if (line.name == "EXRULE") {
        event.unreadable = true;
    }
}

void settle(Event& event, const std::optional<Date>& end) {
    if (!event.start) event.unreadable = true;
    if (event.unreadable || !end || event.timed) return;
    const auto length = (sys_days(*end) - sys_days(*event.start)).count();
    event.unreadable = length < 0 || length > kLongestEvent;
    event.length = static_cast<int>(std::clamp<long>(length, 1, kLongestEvent));
}

/// nullopt: no calendar. What stands inside an event (alarms) or beside it (time zones) is passed over.
std::optional<std::vector<Event>> read_events(const std::vector<Line>& lines) {
    std::vector<Event> events;
    std::optional<Date> end;
    bool calendar = false;
    int depth = 0;  ///< within the event; 0: outside of one
    for (const auto& line : lines) {
        calendar |= line.name == "BEGIN" && line.value == "VCALENDAR";
        if (line.name == "BEGIN" && (depth > 0 || line.value == "VEVENT")) {
            if (++depth == 1) {
                events.emplace_back();
                end.reset();
            }
        } else if (line.name == "END" && depth > 0) {
            if (--depth == 0) settle(events.back(), end);
        } else if (depth == 1) {
            read(line, events.back(), end);
        }
    }
    if (depth > 0) events.back().unreadable = true;
    if (!calendar) return std::nullopt;
    return events;
}

std::string entry_of(Date first, int length) {
    if (length == 1) return to_string(first);
    return to_string(first) + "/" + to_string(Date(sys_days(first) + days(length - 1)));
}

}  // namespace

Result<ImportedHolidays> import_holidays(std::string_view file, Date from, Date to) {
    if (file.size() > kFileBytes) return Failure{Failure::Kind::blocked, "a file of holidays may have 1 MiB"};
    if (!from.ok() || !to.ok() || to < from || to > from + std::chrono::years(10))
        return Failure{Failure::Kind::malformed, "holidays are imported for at most ten years, the earlier day first"};
    const auto events = read_events(icalendar::read_lines(file, kFileLines));
    if (!events) return Failure{Failure::Kind::malformed, "this is no iCalendar file: BEGIN:VCALENDAR is missing"};

    std::set<std::pair<std::string, Date>> replaced;
    for (const auto& event : *events) {
        if (event.instead_of) replaced.emplace(event.uid, *event.instead_of);
    }
    ImportedHolidays result;
    std::set<std::string> holidays;
    long budget = kDaysLookedAt;
    for (const auto& event : *events) {
        if (event.cancelled) continue;
        if (event.unreadable || event.timed) {
            ++(event.unreadable ? result.unreadable : result.timed);
            continue;
        }
        // An event that began before the window may reach into it.
        const Date reach(sys_days(from) - days(event.length - 1));
        auto starts =
            event.rule ? occurrences(*event.rule, *event.start, reach, to, budget) : std::vector{*event.start};
        starts.insert(starts.end(), event.further.begin(), event.further.end());
        for (const auto start : starts) {
            const bool outside = start < reach || start > to;
            if (outside || std::ranges::find(event.left_out, start) != event.left_out.end()) continue;
            if (!event.instead_of && replaced.contains({event.uid, start})) continue;
            holidays.insert(entry_of(start, event.length));
        }
        if (holidays.size() > kHolidays || budget < 0)
            return Failure{Failure::Kind::blocked, "the file names more than 5000 holidays or repeats too much"};
    }
    result.holidays.assign(holidays.begin(), holidays.end());
    return result;
}

}  // namespace rasid

#include "escalation/rota.hpp"

#include "core/icalendar.hpp"
#include "escalation/local_instant.hpp"

#include <algorithm>

namespace rasid {
namespace {

using std::chrono::days;

constexpr days kLongestView{2 * 366};

/// `cut` takes its part out of every shift.
std::vector<Shift> put_over(const std::vector<Shift>& shifts, const Shift& cut) {
    std::vector<Shift> result;
    for (const auto& shift : shifts) {
        auto before = shift;
        auto after = shift;
        before.to = std::min(shift.to, cut.from);
        after.from = std::max(shift.from, cut.to);
        if (before.from < before.to) result.push_back(before);
        if (after.from < after.to) result.push_back(after);
    }
    result.push_back(cut);
    return result;
}

}  // namespace

std::optional<std::string> problem_of(const Rota& rota) {
    const auto who = "rota `" + rota.name + "` ";
    if (!find_zone(rota.time_zone)) return who + "names the unknown time zone `" + rota.time_zone + "`";
    if (!rota.first_day.ok()) return who + "begins on a day that does not exist";
    if (rota.handover < 0 || rota.handover >= 1440) return who + "hands over at no time of a day";
    if (rota.days < 1 || rota.days > 366) return who + "has shifts of no length between a day and a year";
    if (rota.people.empty()) return who + "has nobody";
    for (const auto& instead : rota.overrides) {
        if (instead.to <= instead.from) return who + "has an override that ends before it begins";
    }
    return std::nullopt;
}

std::vector<Shift> shifts_between(const Rota& rota, Instant from, Instant to) {
    if (problem_of(rota)) return {};
    to = std::min(to, from + kLongestView);
    const auto& zone = *find_zone(rota.time_zone);
    const std::chrono::local_days first(std::chrono::sys_days(rota.first_day).time_since_epoch());
    const auto begin_of = [&](long turn) { return local_instant(zone, first + days(turn * rota.days), rota.handover); };

    std::vector<Shift> shifts;
    // The day before: early in the morning yesterday's shift still runs.
    const auto behind = (local_day(zone, from) - days(1) - first).count();
    for (long turn = std::max(0L, behind / rota.days - 1); begin_of(turn) < to; ++turn) {
        const Shift shift{std::max(begin_of(turn), from), std::min(begin_of(turn + 1), to),
                          rota.people[static_cast<std::size_t>(turn) % rota.people.size()]};
        if (shift.from < shift.to) shifts.push_back(shift);
    }
    for (const auto& instead : rota.overrides) {
        const Shift cut{std::max(instead.from, from), std::min(instead.to, to), instead.person, true};
        if (cut.from < cut.to) shifts = put_over(shifts, cut);
    }
    std::erase_if(shifts, [](const Shift& shift) { return shift.person.empty(); });
    std::ranges::sort(shifts, {}, &Shift::from);
    return shifts;
}

std::string on_call(const Rota& rota, Instant at) {
    const auto shifts = shifts_between(rota, at, at + Duration(1));
    return shifts.empty() ? std::string() : shifts.front().person;
}

std::string rota_feed(const Rota& rota, std::string_view domain, Instant from, Instant to, Instant stamp) {
    using namespace icalendar;
    std::string out;
    write_line(out, "BEGIN:VCALENDAR");
    write_line(out, "VERSION:2.0");
    write_line(out, "PRODID:-//Rasid//On call//EN");
    write_line(out, "CALSCALE:GREGORIAN");
    write_line(out, "METHOD:PUBLISH");
    write_line(out, "X-WR-CALNAME:" + text(rota.name));
    // Whole shifts, so that an entry is the same whatever part of it the feed reaches.
    const days margin(rota.days + 1);
    for (const auto& shift : shifts_between(rota, from - margin, to + margin)) {
        if (shift.to <= from || shift.from >= to) continue;
        write_line(out, "BEGIN:VEVENT");
        write_line(out, "UID:" + basic(shift.from) + "-" + printable(rota.name) + "@" + printable(domain));
        write_line(out, "DTSTAMP:" + basic(stamp));
        write_line(out, "DTSTART:" + basic(shift.from));
        write_line(out, "DTEND:" + basic(shift.to));
        write_line(out, "SUMMARY:" + text(shift.person + " · " + rota.name));
        write_line(out, "TRANSP:TRANSPARENT");
        write_line(out, "END:VEVENT");
    }
    write_line(out, "END:VCALENDAR");
    return out;
}

}  // namespace rasid

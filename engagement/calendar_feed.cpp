#include "engagement/calendar_feed.hpp"

#include "core/icalendar.hpp"

namespace rasid {
namespace {

using icalendar::basic;
using icalendar::printable;
using icalendar::text;
using icalendar::write_line;

std::string_view status_of(TouchState state) {
    if (state == TouchState::skipped) return "CANCELLED";
    return state == TouchState::held ? "TENTATIVE" : "CONFIRMED";
}

}  // namespace

std::string calendar_feed(std::string_view name, std::string_view domain, std::span<const CalendarEntry> entries,
                          Instant stamp) {
    std::string out;
    write_line(out, "BEGIN:VCALENDAR");
    write_line(out, "VERSION:2.0");
    write_line(out, "PRODID:-//Rasid//Contact plan//EN");
    write_line(out, "CALSCALE:GREGORIAN");
    write_line(out, "METHOD:PUBLISH");
    write_line(out, "X-WR-CALNAME:" + text(name));
    for (const auto& entry : entries) {
        const auto& touch = entry.touch;
        const Date next = std::chrono::sys_days(touch.due_on) + std::chrono::days(1);
        write_line(out, "BEGIN:VEVENT");
        write_line(out, "UID:" + printable(touch.id) + "@" + printable(domain));
        write_line(out, "DTSTAMP:" + basic(stamp));
        write_line(out, "SEQUENCE:" + std::to_string(entry.revision));
        write_line(out, "DTSTART;VALUE=DATE:" + basic(touch.due_on));
        write_line(out, "DTEND;VALUE=DATE:" + basic(next));
        write_line(out, "SUMMARY:" + text(entry.summary));
        if (!entry.description.empty()) write_line(out, "DESCRIPTION:" + text(entry.description));
        if (!entry.url.empty()) write_line(out, "URL:" + printable(entry.url));
        write_line(out, "CATEGORIES:" + text(touch.kind));
        write_line(out, "STATUS:" + std::string(status_of(touch.state)));
        write_line(out, "TRANSP:TRANSPARENT");
        write_line(out, "END:VEVENT");
    }
    write_line(out, "END:VCALENDAR");
    return out;
}

}  // namespace rasid

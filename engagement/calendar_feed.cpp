#include "engagement/calendar_feed.hpp"

#include "core/text/bidi.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace rasid {
namespace {

constexpr std::size_t kLineBytes = 75;

std::string escaped(std::string_view text) {
    std::string out;
    for (const char byte : text) {
        if (byte == '\\' || byte == ';' || byte == ',') out += '\\';
        if (byte == '\n')
            out += "\\n";
        else if (static_cast<unsigned char>(byte) >= 0x20 && byte != 0x7f)
            out += byte;
    }
    return out;
}

/// For values that are no text (URIs, UIDs): nothing that would end the line.
std::string printable(std::string_view text) {
    std::string out;
    std::ranges::copy_if(text, std::back_inserter(out),
                         [](char byte) { return static_cast<unsigned char>(byte) > 0x20 && byte != 0x7f; });
    return out;
}

void line(std::string& out, std::string_view content) {
    std::size_t room = kLineBytes;
    while (content.size() > room) {
        auto part = cut_at_character(content, room);
        if (part.empty()) part = content.substr(0, room);
        out += part;
        out += "\r\n ";
        content.remove_prefix(part.size());
        room = kLineBytes - 1;
    }
    out += content;
    out += "\r\n";
}

std::string basic(Date date) {
    auto text = to_string(date);
    std::erase(text, '-');
    return text;
}

std::string basic(Instant at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(at - day));
    std::array<char, 16> clock{};
    std::snprintf(clock.data(), clock.size(), "T%02d%02d%02dZ", static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
    return basic(Date(day)) + clock.data();
}

std::string_view status_of(TouchState state) {
    if (state == TouchState::skipped) return "CANCELLED";
    return state == TouchState::held ? "TENTATIVE" : "CONFIRMED";
}

}  // namespace

std::string calendar_feed(std::string_view name, std::string_view domain, std::span<const CalendarEntry> entries,
                          Instant stamp) {
    std::string out;
    line(out, "BEGIN:VCALENDAR");
    line(out, "VERSION:2.0");
    line(out, "PRODID:-//Rasid//Contact plan//EN");
    line(out, "CALSCALE:GREGORIAN");
    line(out, "METHOD:PUBLISH");
    line(out, "X-WR-CALNAME:" + escaped(name));
    for (const auto& entry : entries) {
        const auto& touch = entry.touch;
        const Date next = std::chrono::sys_days(touch.due_on) + std::chrono::days(1);
        line(out, "BEGIN:VEVENT");
        line(out, "UID:" + printable(touch.id) + "@" + printable(domain));
        line(out, "DTSTAMP:" + basic(stamp));
        line(out, "SEQUENCE:" + std::to_string(entry.revision));
        line(out, "DTSTART;VALUE=DATE:" + basic(touch.due_on));
        line(out, "DTEND;VALUE=DATE:" + basic(next));
        line(out, "SUMMARY:" + escaped(entry.summary));
        if (!entry.description.empty()) line(out, "DESCRIPTION:" + escaped(entry.description));
        if (!entry.url.empty()) line(out, "URL:" + printable(entry.url));
        line(out, "CATEGORIES:" + escaped(touch.kind));
        line(out, "STATUS:" + std::string(status_of(touch.state)));
        line(out, "TRANSP:TRANSPARENT");
        line(out, "END:VEVENT");
    }
    line(out, "END:VCALENDAR");
    return out;
}

}  // namespace rasid

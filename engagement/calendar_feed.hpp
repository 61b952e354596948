#pragma once

#include "core/touch.hpp"

#include <span>
#include <string>
#include <string_view>

namespace rasid {

/// One touch in a person's calendar.
struct CalendarEntry {
    PlannedTouch touch = {};
    std::string summary = {};      ///< "Call Nouf"
    std::string description = {};  ///< may be empty
    std::string url = {};          ///< of the customer's page; may be empty
    int revision = 0;              ///< grows with every change of the touch: the number of its events
};

/// An iCalendar (RFC 5545) feed of all-day entries: CRLF, lines folded at 75 bytes between characters, text escaped and
/// without control characters. A touch keeps its UID (id@domain) for ever, so that a moved one moves and a skipped one
/// is shown as cancelled. `stamp` is the moment of printing.
std::string calendar_feed(std::string_view name, std::string_view domain, std::span<const CalendarEntry> entries,
                          Instant stamp);

}  // namespace rasid

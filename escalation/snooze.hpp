#pragma once

#include "core/failure.hpp"
#include "core/ticket.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace rasid {

/// Until when "hour" (an hour from now) and "tomorrow" (09:00 of the next day there) mean; nullopt: another word, or a
/// zone that nobody knows.
std::optional<Instant> snooze_time(std::string_view word, const std::string& time_zone, Instant now);

/// Sets an open ticket aside until then: it leaves the lists of what waits, its clocks run on. The event, without id
/// and actor; fails with refused where the time has come already or is more than a year away.
Result<TicketEvent> snooze_event(const Ticket& ticket, std::optional<Instant> until, Instant now);

/// Ends that before its time.
Result<TicketEvent> wake_event(const Ticket& ticket);

}  // namespace rasid

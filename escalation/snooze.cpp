#include "escalation/snooze.hpp"

#include "core/limits.hpp"
#include "escalation/local_instant.hpp"

#include <chrono>
#include <utility>

namespace rasid {
namespace {

constexpr int kMorning = 9 * 60;  ///< minute of the day

}  // namespace

std::optional<Instant> snooze_time(std::string_view word, const std::string& time_zone, Instant now) {
    if (word == "hour") return now + std::chrono::hours(1);
    const auto* zone = word == "tomorrow" ? find_zone(time_zone) : nullptr;
    if (!zone) return std::nullopt;
    return local_instant(*zone, local_day(*zone, now) + std::chrono::days(1), kMorning);
}

Result<TicketEvent> snooze_event(const Ticket& ticket, std::optional<Instant> until, Instant now) {
    if (!until || *until <= now) return refused("`until` must be a time to come");
    if (*until > now + limits::kLongestSnooze) return refused("`until` is more than a year away");
    if (ticket.snoozed_until == until) return refused("the ticket is snoozed until then already");
    return TicketEvent{.kind = TicketEventKind::snoozed, .detail = EventDetail{.due_at = until}};
}

Result<TicketEvent> wake_event(const Ticket& ticket) {
    if (!ticket.snoozed_until) return refused("the ticket is not snoozed");
    return TicketEvent{.kind = TicketEventKind::woken};
}

}  // namespace rasid

#include "web/setting_aside.hpp"

#include "core/limits.hpp"
#include "escalation/snooze.hpp"

namespace rasid {
namespace {

using Kind = TicketCommand::Kind;

}  // namespace

void read_setting_aside(JsonMembers& in, TicketCommand& command, const std::string& time_zone, Instant now) {
    if (command.kind == Kind::label || command.kind == Kind::unlabel) command.text = in.text("label", limits::kLabel);
    if (command.kind != Kind::snooze) return;
    const auto word = in.optional_text("for", 32);
    const auto until = in.optional_text("until", 40);
    const auto due_at = word ? snooze_time(*word, time_zone, now) : parse_rfc3339(until.value_or(""));
    command.detail = EventDetail{.due_at = due_at};
}

}  // namespace rasid

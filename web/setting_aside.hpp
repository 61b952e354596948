#pragma once

#include "escalation/route.hpp"
#include "web/json_members.hpp"

#include <string>

namespace rasid {

/// Reads what a command that sets tickets aside or labels them is made of: `for` (hour, tomorrow) or `until` of a
/// snooze, `label` of a label. Other commands are left alone.
void read_setting_aside(JsonMembers& in, TicketCommand& command, const std::string& time_zone, Instant now);

}  // namespace rasid

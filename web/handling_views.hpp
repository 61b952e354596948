#pragma once

#include "core/json.hpp"
#include "core/ticket.hpp"
#include "web/workspace.hpp"

namespace rasid {

/// `guideline` and `written_rules` of a ticket, docs/api.md.
void write_handling(JsonWriter& out, const Ticket& ticket, const Workspace& workspace);

/// The members of an event's detail.
void write_detail(JsonWriter& out, const EventDetail& detail, const Workspace& workspace);

}  // namespace rasid

#pragma once

#include "core/json.hpp"
#include "core/texts.hpp"
#include "core/ticket.hpp"
#include "web/workspace.hpp"

#include <span>

namespace rasid {

/// The member `history` of docs/api.md: every event, and after the one that met a target, that it was met: no event of
/// its own, since events are what the fold reads.
void write_history(JsonWriter& out, std::span<const TicketEvent> events, std::span<const TargetClock> clocks,
                   const Workspace& workspace, const Texts& texts);

/// The member `since`: the events that whoever saw that version has not seen.
void write_history_since(JsonWriter& out, std::span<const TicketEvent> events, std::int64_t version,
                         const Workspace& workspace, const Texts& texts);

}  // namespace rasid

#pragma once

#include "web/ticket_views.hpp"

#include <span>

namespace rasid {

/// The member `thread` of docs/api.md: what was said on a ticket and what we answered, in order. `thread` is oldest
/// first.
void write_thread(JsonWriter& out, std::span<const StoredMention> thread, std::span<const TicketEvent> events,
                  const TicketFacts& facts, const Workspace& workspace);

}  // namespace rasid

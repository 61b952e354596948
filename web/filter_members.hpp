#pragma once

#include "core/json.hpp"
#include "core/ticket_filter.hpp"

namespace rasid {

/// A filter of tickets as an object of words. Fails with refused for what is no object, and for unknown parts.
Result<TicketFilter> filter_in(JsonView object);

/// The object of a filter.
void write_filter(JsonWriter& out, const TicketFilter& filter);

}  // namespace rasid

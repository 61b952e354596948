#pragma once

#include "core/json.hpp"
#include "web/site.hpp"

#include <string_view>
#include <vector>

namespace rasid {

/// Tells everybody who may see these tickets who is there now. Not remembered for streams that come back: they ask.
void tell_presence(Site& site, const std::vector<TicketPresence::Change>& changes);

/// "people":[{"id","name","state"}] of a ticket.
void write_people_here(JsonWriter& out, const Site& site, std::string_view ticket);

}  // namespace rasid

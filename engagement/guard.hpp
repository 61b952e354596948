#pragma once

#include "core/ticket.hpp"
#include "core/touch.hpp"

#include <vector>

namespace rasid {

// What an open complaint does to planned touches, defined here alone.

/// The guard that a complaint's ticket raises.
Guard guard_of(const Ticket& complaint, Instant now);

/// A planned touch becomes held and says why; every other stays as it is, as does each while the guard holds nothing.
PlannedTouch under_guard(PlannedTouch touch, const Guard& guard);

/// The same for a whole year, as for one laid out while a complaint is open.
std::vector<PlannedTouch> under_guard(std::vector<PlannedTouch> touches, const Guard& guard);

/// What raised the guard of a complaint that had no number yet, told again now that it has one.
PlanChange with_number(PlanChange change, const Ticket& complaint);

/// The reverse: a held touch becomes planned, with the reason it had before.
PlannedTouch released(PlannedTouch touch, const Guard& guard);

}  // namespace rasid

#pragma once

#include "core/bad_experience.hpp"
#include "core/ticket.hpp"
#include "core/touch.hpp"

#include <string_view>
#include <vector>

namespace rasid {

// What an open case does to planned touches, defined here alone: what sells, celebrates or asks waits; calls and notes
// are made, without the reminder to refer.

/// Newsletters, cards and gifts.
bool guard_holds(std::string_view kind);

/// Whether a touch may carry the referral reminder while the guard stands as it does.
bool may_ask_for_referral(const PlannedTouch& touch, const Guard& guard);

/// The guard that a case raises. `complaint` is its ticket, or null.
Guard guard_of(const BadExperience& bad_experience, const Ticket* complaint, Instant now);
Guard guard_of(const Ticket& complaint, Instant now);

/// A planned touch of a kind that the guard holds becomes held and says why; every other stays as it is, as does each
/// while the guard holds nothing.
PlannedTouch under_guard(PlannedTouch touch, const Guard& guard);

/// The same for a whole year, as for one laid out while a case is open.
std::vector<PlannedTouch> under_guard(std::vector<PlannedTouch> touches, const Guard& guard);

/// What raised the guard of a complaint that had no number yet, told again now that it has one.
PlanChange with_number(PlanChange change, const Ticket& complaint);

/// The reverse: a held touch becomes planned, with the reason it had before.
PlannedTouch released(PlannedTouch touch, const Guard& guard);

/// What holding and releasing do to one touch: the guard's reason stands before the touch's own.
PlannedTouch with_reason_of_guard(PlannedTouch touch, std::string_view reason);
PlannedTouch without_reason_of_guard(PlannedTouch touch, std::string_view reason);

}  // namespace rasid

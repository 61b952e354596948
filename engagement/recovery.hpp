#pragma once

#include "core/touch.hpp"
#include "engagement/react.hpp"

namespace rasid {

// What follows on a case: the guard goes up, and after its end comes the way back.

/// Holds what the guard holds.
void raise_guard(PlanChange& change, const PlanState& plan, Guard guard, Instant now);

/// Lays the recovery call and the CSAT survey of a case that is resolved. Lets the guard fall where no other case is
/// open; else it passes to the oldest of those.
void recover(PlanChange& change, const PlanState& plan, const BadExperience& resolved, Random& random, Instant now,
             const ReactRules& rules);

/// The case is open again: its recovery call and its survey are not for this moment.
void call_off_recovery(PlanChange& change, const PlanState& plan, const BadExperience& reopened, Instant now);

/// Lets the guard follow the cases alone, as when two records become one or part again: it goes up for an open case,
/// and falls, releasing what it held, where none is open. Nothing else happens.
PlanChange guard_by_cases(const PlanState& plan, Instant now, const WorkingDays& days);

}  // namespace rasid

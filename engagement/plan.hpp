#pragma once

#include "core/customer.hpp"
#include "core/failure.hpp"
#include "core/random.hpp"
#include "core/setup.hpp"
#include "core/touch.hpp"

#include <span>
#include <vector>

namespace rasid {

/// The 33 touches: 12 newsletters, 7 greeting cards, 5 calls, 3 follow-up notes, 4 personal cards, 2 gifts.
PlanTemplate default_plan();

/// A customer's year: every touch of the template gets its day, evenly over the year, on working days (Sunday to
/// Thursday), never two on one day while the year has room, follow-up notes a few days after the call they follow, a
/// personal card at the birthday. The same customer and year always give the same days and ids; different customers are
/// spread apart. Touches whose day is before `from` are left out of a year that has already begun (they are not owed).
std::vector<PlannedTouch> lay_out_year(const PlanTemplate& plan, const Customer& customer, int year, Date from);

struct PlanProgress {
    int done = 0;
    int total = 0;
    int late = 0;
    int held = 0;
};
PlanProgress progress_of(std::span<const PlannedTouch> touches, Date today);

/// A person's click on one planned touch: done, skip or reopen. Fails with refused when its state does not allow it.
Result<PlanChange> mark_touch(const Customer& customer, const PlannedTouch& touch, std::string_view action,
                              const Guard& guard, Random& random, Instant now);

}  // namespace rasid

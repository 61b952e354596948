#pragma once

#include "core/setup.hpp"
#include "core/touch.hpp"
#include "engagement/year_frame.hpp"

#include <string_view>

namespace rasid {

/// What laying a year anew changes from `today` on, when something it was laid by has changed: the template, the
/// calendar, an occasion, a birthday, consent, silence, whose customer it is. `cause` is told with every touch that
/// moves. What is done, skipped by a person or overdue stays; a touch whose day is still good keeps it; what no longer
/// has a place is skipped, and comes back when it has one again. No kind exceeds the template's count.
PlanChange lay_out_anew(const PlanState& plan, const PlanTemplate& plan_template, const YearFrame& frame, Date today,
                        std::string_view cause, Instant now, const DayLoad* load = nullptr);

/// The first laying of a year, with its events; what the guard holds is held from the start. `from`: see lay_out_year.
PlanChange lay_out_first(const PlanState& plan, const PlanTemplate& plan_template, const YearFrame& frame, Date from,
                         Instant now, const DayLoad* load = nullptr);

}  // namespace rasid

#pragma once

#include "core/setup.hpp"
#include "engagement/customer_scores.hpp"
#include "engagement/react.hpp"
#include "engagement/year_frame.hpp"

namespace rasid {

// What an installation's setup says about its customers, read in one place for everybody who lays, moves or releases
// touches, opens cases, asks questions or counts scores. The setup must have been found good.

/// Those of the calendar that [engagement] names, else of the setup's first; Sunday to Thursday where there is none or
/// it cannot be read.
WorkingDays working_days_of(const Setup& setup);

LayoutRules layout_rules_of(const Setup& setup);
ReactRules react_rules_of(const Setup& setup);
ScoreRules score_rules_of(const Setup& setup);

}  // namespace rasid

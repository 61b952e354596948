#pragma once

#include "core/random.hpp"
#include "core/touch.hpp"
#include "engagement/survey.hpp"

#include <span>
#include <string_view>

namespace rasid {

/// How content an answer sounds: CSAT 4 and 5, NPS 9 and 10, CES 6 and 7 are positive; CSAT 1 and 2, NPS 0 … 6, CES
/// 1 … 3 negative.
Polarity polarity_of(SurveyKind kind, int score);

/// What an answer changes: the survey with it, an inbound ledger entry of kind `survey`, and the move of plans that it
/// leads to. Fails as `answered` does, and with not_found where the plan holds no such survey.
Result<PlanChange> answer_survey(const PlanState& plan, std::string_view survey, int score, std::string_view comment,
                                 std::span<const LedgerEntry> ledger, Random& random, Instant now);

}  // namespace rasid

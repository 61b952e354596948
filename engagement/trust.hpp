#pragma once

#include "core/bad_experience.hpp"
#include "core/customer.hpp"
#include "core/promise.hpp"
#include "core/survey.hpp"
#include "core/ticket.hpp"
#include "engagement/explanation.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rasid {

/// What trust rests on, of one customer or of all of a segment.
struct TrustFacts {
    std::vector<Promise> promises = {};     ///< folded
    std::vector<TargetClock> answers = {};  ///< clocks of tickets; those of first responses count
    std::vector<BadExperience> cases = {};
    std::vector<Survey> surveys = {};
};

/// One month of the line. Parts are shown side by side and not mixed into one number.
struct TrustPoint {
    std::chrono::year_month month = {};
    int promises_kept = 0;  ///< promises that fell due in the month
    int promises_broken = 0;
    int answers = 0;  ///< first answers given in the month
    int answers_in_time = 0;
    std::optional<Duration> median_answer = {};  ///< from the clock's start, round the clock
    int cases_opened = 0;
    int cases_recovered = 0;  ///< resolved in the month, and of a customer who did not open another one within it
    Figure csat = {};
    Figure nps = {};
    Figure ces = {};
};

/// Month by month from `first` to `last`, both included (UTC). `now` decides which promises are broken.
std::vector<TrustPoint> trust_line(const TrustFacts& facts, std::chrono::year_month first, std::chrono::year_month last,
                                   Instant now);

/// One line of `rasid explain`.
std::string print(const TrustPoint& point);

}  // namespace rasid

#pragma once

#include "core/customer.hpp"
#include "core/failure.hpp"
#include "engagement/explanation.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rasid {

/// A scale of scores: `bounds` in order. For recency the score is highest at or below the first bound and falls by one
/// with each that is passed; for frequency and money it rises by one with each that is reached. The lowest score is 1.
using Scale = std::vector<double>;

/// Customers between these scores have a name. The first segment that fits counts.
struct NamedSegment {
    std::string name = {};
    int least_r = 1;
    int most_r = 99;
    int least_f = 1;
    int most_f = 99;
    int least_m = 1;
    int most_m = 99;
};

struct RfmRules {
    double recency_weight = 0.4;
    double frequency_weight = 0.3;
    double money_weight = 0.3;
    Scale recency_days = {30, 90, 180, 365};                 ///< days since the last purchase
    Scale frequency = {2, 4, 8, 12};                         ///< purchases in the window
    Scale money_minor = {10'000, 50'000, 150'000, 300'000};  ///< spent in the window
    std::string currency = {};                               ///< empty: that of most of the customer's purchases
    int window_days = 365;
    std::vector<NamedSegment> segments = {
        {.name = "champions", .least_r = 4, .least_f = 4, .least_m = 4},
        {.name = "loyal", .least_r = 3, .least_f = 3},
        {.name = "new", .least_r = 4, .most_f = 1},
        {.name = "promising", .least_r = 3},
        {.name = "cannot lose", .most_r = 2, .least_f = 4},
        {.name = "at risk", .most_r = 2, .least_f = 2},
        {.name = "lost", .most_r = 1},
        {.name = "hibernating"},
    };
};

/// Fails with malformed: weights that are negative or do not sum to 1, scales that are empty or not in order, segments
/// without a name, a window without a day.
Result<RfmRules> checked(RfmRules rules);

struct Rfm {
    int recency = 0;
    int frequency = 0;
    int money = 0;
    std::string segment = {};  ///< empty: none fits, or there is no figure
    Figure figure = {};
};

/// RFM = w1·R + w2·F + w3·M. Recency looks at all purchases, frequency and money at those of the window. No figure for
/// somebody who bought nothing. `rules` must be checked.
Rfm rfm(const Customer& customer, Date today, const RfmRules& rules = {});

}  // namespace rasid

#pragma once

#include <span>

namespace rasid {

/// A count as a negative binomial has it: a Poisson count whose rate is itself not sure.
struct ExpectedCount {
    double mean = 0;
    double size = 1;  ///< the smaller, the wider; variance = mean + mean²/size

    double variance() const { return mean + mean * mean / size; }
};

/// P(X ≥ count).
double chance_of_at_least(int count, const ExpectedCount& expected);

/// P(at least `hits` of `tries`) when the share of hits is `share`, known as well as `weight` earlier tries tell it
/// (beta-binomial). 0 < share < 1, weight > 0.
double chance_of_share(int hits, int tries, double share, double weight);

/// What earlier counts of like hours lead to expect: a mean over values cut off at three robust deviations (MAD) above
/// the median, as wide as they scatter and as few of them are known.
ExpectedCount expect(std::span<const int> earlier);

/// 0 for none.
double median(std::span<const double> values);

}  // namespace rasid

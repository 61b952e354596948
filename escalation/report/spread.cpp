#include "escalation/report/spread.hpp"

#include <algorithm>
#include <numeric>

namespace rasid {

Spread spread_of(std::vector<Duration> times) {
    if (times.empty()) return {};
    std::ranges::sort(times);
    const auto count = times.size();
    const auto upper = times[count / 2];
    const auto lower = times[(count - 1) / 2];
    const auto rank = (count * 9 + 9) / 10;  // nine tenths, rounded up
    // Microseconds of a million answers of a year each fit 63 bits.
    const auto total = std::accumulate(times.begin(), times.end(), Duration::zero());
    return {.count = static_cast<std::int64_t>(count),
            .mean = total / static_cast<std::int64_t>(count),
            .median = lower + (upper - lower) / 2,
            .p90 = times[rank - 1]};
}

}  // namespace rasid

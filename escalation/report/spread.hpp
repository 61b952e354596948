#pragma once

#include "core/instant.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace rasid {

/// How times scatter. Exact, over all of them; absent where there are none.
struct Spread {
    std::int64_t count = 0;
    std::optional<Duration> mean = {};
    std::optional<Duration> median = {};  ///< of an even number the mean of the two in the middle
    std::optional<Duration> p90 = {};     ///< the shortest time that nine of ten do not exceed (nearest rank)

    bool operator==(const Spread&) const = default;
};

Spread spread_of(std::vector<Duration> times);

}  // namespace rasid

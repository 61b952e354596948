#pragma once

#include <cstdint>

namespace rasid {

/// A share that was counted, and between which bounds the true one lies with 95 % certainty (Wilson's interval, which
/// also holds for few cases and for shares near 0 and 1).
struct Proportion {
    double share = 0;
    double low = 0;
    double high = 0;
};

/// Of `all`, at least 1, so many were it.
Proportion proportion_of(std::int64_t part, std::int64_t all);

}  // namespace rasid

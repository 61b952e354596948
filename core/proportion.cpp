#include "core/proportion.hpp"

#include <algorithm>
#include <cmath>

namespace rasid {

Proportion proportion_of(std::int64_t part, std::int64_t all) {
    constexpr double kZ = 1.959963984540054;
    const auto n = static_cast<double>(all);
    const auto share = static_cast<double>(part) / n;
    const auto middle = (share + kZ * kZ / (2 * n)) / (1 + kZ * kZ / n);
    const auto reach = kZ / (1 + kZ * kZ / n) * std::sqrt(share * (1 - share) / n + kZ * kZ / (4 * n * n));
    return {share, std::max(0.0, middle - reach), std::min(1.0, middle + reach)};
}

}  // namespace rasid

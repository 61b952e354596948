#include "web/seeded_random.hpp"

#include <algorithm>
#include <sodium.h>
#include <vector>

namespace rasid {

void SeededRandom::fill(std::span<std::uint8_t> bytes) {
    // The first 32 bytes of each expansion become the next seed, so that no output repeats.
    std::vector<std::uint8_t> expanded(seed_.size() + bytes.size());
    randombytes_buf_deterministic(expanded.data(), expanded.size(), seed_.data());
    std::copy_n(expanded.begin(), seed_.size(), seed_.begin());
    std::copy(expanded.begin() + static_cast<std::ptrdiff_t>(seed_.size()), expanded.end(), bytes.begin());
}

}  // namespace rasid

#pragma once

#include "core/random.hpp"

#include <array>
#include <cstdint>

namespace rasid {

/// An unpredictable stream of its own, drawn from another Random once: what a job takes along to the storage thread,
/// where the loop's Random must not be touched.
class SeededRandom : public Random {
public:
    explicit SeededRandom(Random& origin) { origin.fill(seed_); }
    void fill(std::span<std::uint8_t> bytes) override;

private:
    std::array<std::uint8_t, 32> seed_{};
};

}  // namespace rasid

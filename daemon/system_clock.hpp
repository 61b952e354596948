#pragma once

#include "core/clock.hpp"
#include "core/random.hpp"

namespace rasid {

/// The machine's wall clock.
class SystemClock final : public Clock {
public:
    Instant now() const override { return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()); }
};

/// libsodium's generator.
class SystemRandom final : public Random {
public:
    SystemRandom();
    void fill(std::span<std::uint8_t> bytes) override;
};

}  // namespace rasid

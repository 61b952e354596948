#pragma once

#include "core/random.hpp"

namespace rasid {

/// Bytes that count up: never the same id twice, always the same ids in the same test.
class FakeRandom final : public Random {
public:
    void fill(std::span<std::uint8_t> bytes) override {
        for (auto& byte : bytes) byte = 0;
        auto rest = ++calls_;
        for (auto byte = bytes.rbegin(); byte != bytes.rend() && rest > 0; ++byte, rest >>= 8)
            *byte = static_cast<std::uint8_t>(rest & 0xFF);
    }

private:
    std::uint64_t calls_ = 0;
};

}  // namespace rasid

#include "daemon/system_clock.hpp"

#include <sodium.h>
#include <stdexcept>

namespace rasid {

SystemRandom::SystemRandom() {
    if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start: no source of randomness");
}

void SystemRandom::fill(std::span<std::uint8_t> bytes) { randombytes_buf(bytes.data(), bytes.size()); }

}  // namespace rasid

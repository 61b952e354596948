#pragma once

#include "core/instant.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace rasid {

/// Port: unpredictable bytes, fit for secrets.
class Random {
public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::uint8_t> bytes) = 0;
};

/// Uniform in [0, 1).
double uniform(Random& random);

/// A new id: 26 characters, sorts by time of creation (ULID: 48 bits of milliseconds, 80 random bits).
std::string new_id(Random& random, Instant now);

/// 32 random bytes as 43 characters of URL-safe base64, for sessions and other tokens.
std::string new_token(Random& random);

}  // namespace rasid

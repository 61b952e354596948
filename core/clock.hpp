#pragma once

#include "core/instant.hpp"

namespace rasid {

/// Port: what time it is.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

}  // namespace rasid

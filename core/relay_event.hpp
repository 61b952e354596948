#pragma once

#include "core/instant.hpp"

#include <string>

namespace rasid {

/// A ticket event that a webhook is still to be told of.
struct RelayEvent {
    std::string relay = {};  ///< the webhook's name
    std::string event = {};
    std::string ticket = {};
    Instant at = {};  ///< when it happened

    bool operator==(const RelayEvent&) const = default;
};

}  // namespace rasid

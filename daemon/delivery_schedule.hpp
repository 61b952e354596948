#pragma once

#include "core/outbox.hpp"

namespace rasid {

/// How an attempt ended, for the outbox.
enum class Delivery {
    done,
    try_later,  ///< the destination did not do its work: no connection, no answer, no service for anybody
    postponed,  ///< the destination answered: not this one, not now
    refused,
    unknown,
};

/// The item after an attempt: sent, waiting for its next attempt (5 s, 30 s, 2 min, 10 min, then 5 min growing with the
/// item's age to 66 min; a critical one never waits longer than 10 min), or dead (refused, or five days old).
OutboxItem after_attempt(OutboxItem item, Delivery delivery, const std::string& error, Instant now);

}  // namespace rasid

#pragma once

#include "core/random.hpp"
#include "escalation/policies.hpp"
#include "storage/store.hpp"

#include <string>

namespace rasid {

/// Whether an escalation by mail has failed so often, or was refused, that somebody must hear of it otherwise.
bool needs_second_channel(const OutboxItem& mail);

/// Tells the person of that mail by his second channel, an address or a webhook; where he has none, the others of his
/// role who see the brand and were not told. Once for each mail; the mail itself goes on trying. Called in the
/// transaction that keeps the failed attempt.
void tell_otherwise(Store& store, const Policies& policies, const OutboxItem& mail, const std::string& ticket_url,
                    const std::string& time_zone, Random& random, Instant now);

}  // namespace rasid

#pragma once

#include "core/random.hpp"
#include "escalation/policies.hpp"
#include "storage/store.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// Whether an escalation by mail has failed so often, or was refused, that somebody must hear of it otherwise.
bool needs_second_channel(const OutboxItem& mail);

/// The ticket that the mail is about; empty: none.
std::string ticket_of(const OutboxItem& mail);

/// Tells the person of that mail by his second channel, an address or a webhook; where he has none, the others of his
/// role who see the brand and were not told. Once for each mail; the mail itself goes on trying. Called in the
/// transaction that keeps the failed attempt.
void tell_otherwise(Store& store, const Policies& policies, const OutboxItem& mail, const std::string& ticket_url,
                    const std::string& time_zone, Random& random, Instant now);

/// The mail server has failed and is left alone: a failure of each escalation that is due as well, but for those
/// `on_their_way`. Who has another channel hears by it though his own mail was never tried. At most 200, which must be
/// postponed after; returns them. Called in the transaction that postpones.
std::vector<OutboxItem> count_failure(Store& store, const Policies& policies,
                                      const std::vector<std::string>& on_their_way,
                                      const std::function<std::string(std::string_view ticket)>& ticket_url,
                                      const std::string& time_zone, Random& random, Instant now);

}  // namespace rasid

#pragma once

#include "core/customer.hpp"
#include "core/mention.hpp"
#include "core/random.hpp"
#include "core/ticket.hpp"
#include "core/touch.hpp"
#include "core/verdict.hpp"

#include <vector>

namespace rasid {

/// What a mention of a known customer means for his plan: an inbound ledger entry with its polarity, and, when it is
/// negative and belongs to an open ticket, the guard: planned touches are held until that ticket is resolved. A guard
/// that stands already stays with its ticket. Own posts and tombstones mean nothing. `ticket` may be null.
PlanChange react(const PlanState& plan, const Mention& mention, const std::string& mention_id, const Verdict& verdict,
                 const Ticket* ticket, Random& random, Instant now);

/// What a published reply means: an outbound ledger entry.
PlanChange react_to_reply(const PlanState& plan, const Ticket& ticket, const std::string& text, Random& random,
                          Instant now);

/// What the end or the reopening of a ticket means: resolving the complaint releases what its guard held (late ones
/// move to the coming working days, one a day); reopening a ticket of a held complaint holds again.
PlanChange react_to_state(const PlanState& plan, const Ticket& ticket, bool complaint, Random& random, Instant now);

}  // namespace rasid

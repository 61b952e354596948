#pragma once

#include "core/random.hpp"
#include "core/touch.hpp"

#include <span>
#include <string_view>

namespace rasid {

/// That a customer brought somebody: an inbound ledger entry of kind `referral`, from which an advocate is known.
/// `newcomer` is the id of the customer whom he brought, empty where that one is none; `said` tells who it is. One
/// newcomer is told once: a change without entries where `ledger` (of the referrer) holds him.
PlanChange record_referral(const PlanState& referrer, std::string_view newcomer, std::string_view said,
                           std::span<const LedgerEntry> ledger, std::string_view actor, Random& random, Instant now);

}  // namespace rasid

#include "engagement/referral.hpp"

#include "core/text/bidi.hpp"

#include <algorithm>

namespace rasid {
namespace {

constexpr std::size_t kReferralBytes = 1000;

}  // namespace

PlanChange record_referral(const PlanState& referrer, std::string_view newcomer, std::string_view said,
                           std::span<const LedgerEntry> ledger, std::string_view actor, Random& random, Instant now) {
    PlanChange change{.customer = referrer.customer.id};
    auto id = newcomer.empty() ? new_id(random, now) : referrer.customer.id + "/referral/" + std::string(newcomer);
    if (std::ranges::find(ledger, id, &LedgerEntry::id) != ledger.end()) return change;
    change.ledger.push_back({.id = std::move(id),
                             .customer = referrer.customer.id,
                             .at = now,
                             .direction = Direction::inbound,
                             .kind = "referral",
                             .polarity = Polarity::positive,
                             .text = std::string(cut_at_character(said, kReferralBytes)),
                             .actor = std::string(actor)});
    return change;
}

}  // namespace rasid

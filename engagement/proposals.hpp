#pragma once

#include "core/customer.hpp"
#include "core/failure.hpp"
#include "core/mention.hpp"
#include "core/proposal.hpp"
#include "core/survey.hpp"
#include "core/touch.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rasid {

/// A proposal whose id is made of its content, so that it is made once.
Proposal proposal(const Customer& customer, ProposalKind kind, std::string subject, std::string reason, Instant now);

/// Praise: thank him; reshare it where everybody may read it.
std::vector<Proposal> proposals_from_praise(const Customer& customer, const Mention& mention,
                                            const std::string& mention_id, Instant now);

/// What the entry rules of the shipped plans say: advocate when a referral of his is in the ledger or his newest NPS
/// answer is 9 or 10; client for life when he is a past client or in the circle and under no plan. nullopt: he stays.
std::optional<Proposal> propose_plan(const Customer& customer, std::span<const LedgerEntry> ledger,
                                     std::span<const Survey> surveys, Instant now);

/// Adds to a change the move of plans that its ledger entries or surveys lead to. `ledger` is what was there before.
void propose_after(PlanChange& change, const PlanState& plan, std::span<const LedgerEntry> ledger, Instant now);

/// Something that a customer wrote himself.
struct OwnMention {
    std::string id = {};
    Instant at = {};
    std::string text = {};
    std::vector<std::string> tags = {};
    Polarity polarity = Polarity::neutral;
};

/// An interest and the words and tags that speak for it.
struct InterestWords {
    std::string interest = {};
    std::vector<std::string> words = {};

    bool operator==(const InterestWords&) const = default;
};

/// Interests that at least two of his own mentions speak of without complaint, and his record does not hold.
std::vector<Proposal> propose_interests(const Customer& customer, std::span<const OwnMention> mentions,
                                        std::span<const InterestWords> vocabulary, Instant now);

/// A person's decision. Fails with refused when it was decided already.
Result<Proposal> decided(Proposal proposal, bool confirmed, std::string_view person, Instant now);

/// The customer after a confirmed proposal to move his plan, add an interest or link an account; the field remembers
/// where it came from. Other kinds leave the record as it is.
Customer with_proposal(Customer customer, const Proposal& confirmed);

/// His word on resharing what he said, kept as a testimonial: a consent of its own, by mention.
Customer with_testimonial(Customer customer, std::string_view mention, bool granted, std::string_view source,
                          Instant now);
bool may_reshare(const Customer& customer, std::string_view mention);

/// Sets where a field came from and that it is confirmed.
void confirm_field(Customer& customer, std::string_view field, std::string_view source, Instant now);

}  // namespace rasid

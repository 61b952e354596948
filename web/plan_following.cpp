#include "web/plan_following.hpp"

#include "engagement/plan_rules.hpp"
#include "engagement/react.hpp"

#include <algorithm>

namespace rasid {
namespace {

constexpr int kMentionsRead = 200;

}  // namespace

std::vector<PlanChange> plans_following(Reader& reader, const Ticket& before, const Ticket& after, const Setup& setup,
                                        Random& random, Instant now) {
    if (before.state == after.state || after.customer.empty()) return {};
    const auto plan = plan_of(reader, after.customer, now);
    if (!plan) return {};
    const auto mentions = reader.mentions_of_ticket(after.id, kMentionsRead);
    const bool complaint = std::ranges::any_of(mentions, [](const StoredMention& stored) {
        return !stored.mention.own && stored.verdict.sentiment.label == Polarity::negative;
    });
    return {react_to_state(*plan, after, complaint, random, now, react_rules_of(setup))};
}

}  // namespace rasid

#pragma once

#include "core/customer.hpp"
#include "core/mention.hpp"
#include "core/random.hpp"
#include "core/ticket.hpp"
#include "core/touch.hpp"
#include "core/verdict.hpp"
#include "engagement/cases.hpp"
#include "engagement/survey.hpp"
#include "engagement/working_days.hpp"

#include <vector>

namespace rasid {

/// What an installation decided about its customers' conversations.
struct ReactRules {
    CasePolicy cases = {};
    SurveyRules surveys = {};
    WorkingDays working_days = {};
};

/// What a mention of a known customer means for his plan: an inbound ledger entry with its polarity.
///  - Negative: it opens a bad-experience case or joins the one about the same thing, and the guard goes up: touches
///  that
///    sell, celebrate or ask are held until no case is open. A guard that stands already stays with its case.
///  - Positive, while no case is open: thanks are proposed, and resharing where everybody may read it.
/// Own posts and tombstones mean nothing. `ticket` may be null.
PlanChange react(const PlanState& plan, const Mention& mention, const std::string& mention_id, const Verdict& verdict,
                 const Ticket* ticket, Random& random, Instant now, const ReactRules& rules = {});

/// What a published reply means: an outbound ledger entry.
PlanChange react_to_reply(const PlanState& plan, const Ticket& ticket, const std::string& text, Random& random,
                          Instant now);

/// What the end or the reopening of a ticket means. Resolving resolves its case: a recovery call is laid for the next
/// free working day, a CSAT survey behind it, and once no case is open the guard falls: what fell due meanwhile moves
/// to the coming working days, one a day. Reopening a complaint opens its case and holds again.
PlanChange react_to_state(const PlanState& plan, const Ticket& ticket, bool complaint, Random& random, Instant now,
                          const ReactRules& rules = {});

/// A person's word that a case is resolved, as for one that no ticket handles. Fails with refused when it is not open.
Result<PlanChange> resolve_case(const PlanState& plan, std::string_view bad_experience, std::string_view actor,
                                Random& random, Instant now, const ReactRules& rules = {});

}  // namespace rasid

#include "engagement/react.hpp"

#include "core/text/bidi.hpp"
#include "engagement/guard.hpp"
#include "engagement/proposals.hpp"
#include "engagement/recovery.hpp"
#include "engagement/touch_fold.hpp"

#include <algorithm>

namespace rasid {
namespace {

/// The ledger shows what was said; the mention keeps all of it.
constexpr std::size_t kExcerptBytes = 1000;

std::string excerpt(std::string_view text) {
    const auto cut = cut_at_character(text, kExcerptBytes);
    return std::string(cut) + (cut.size() < text.size() ? "…" : "");
}

void record_case(PlanChange& change, const BadExperience& before, CaseEvent event, Random& random, Instant now) {
    event.id = new_id(random, now);
    event.customer = change.customer;
    change.cases.push_back(applied(before, event));
    change.case_events.push_back(std::move(event));
}

void complain(PlanChange& change, const PlanState& plan, const Mention& mention, const Ticket* ticket, Random& random,
              Instant now, const CasePolicy& policy) {
    auto& entry = change.ledger.front();
    const auto* known = same_case(plan.cases, ticket, entry.about, mention.created_at, policy);
    CaseEvent event{.at = now, .mention = entry.mention, .about = entry.about};
    if (ticket) event.ticket = ticket->id;
    if (known) {
        event.bad_experience = known->id;
        event.kind = CaseEventKind::joined;
    } else {
        event.bad_experience = ticket && !case_of_ticket(plan.cases, ticket->id) ? ticket->id : new_id(random, now);
        event.kind = CaseEventKind::opened;
    }
    entry.bad_experience = event.bad_experience;
    record_case(change, known ? *known : BadExperience{}, std::move(event), random, now);
    if (!plan.guard.held()) raise_guard(change, plan, guard_of(change.cases.front(), ticket, now), now);
}

}  // namespace

PlanChange react(const PlanState& plan, const Mention& mention, const std::string& mention_id, const Verdict& verdict,
                 const Ticket* ticket, Random& random, Instant now, const ReactRules& rules) {
    PlanChange change{.customer = plan.customer.id};
    if (mention.own || mention.deleted) return change;
    change.ledger.push_back({.id = new_id(random, now),
                             .customer = plan.customer.id,
                             .at = mention.created_at,
                             .direction = Direction::inbound,
                             .channel = mention.key.platform,
                             .kind = "mention",
                             .polarity = verdict.sentiment.label,
                             .text = excerpt(mention.text),
                             .mention = mention_id,
                             .ticket = ticket ? ticket->id : std::string(),
                             .about = verdict.tags});
    const bool handled = ticket ? ticket->state == TicketState::open : rules.cases.without_ticket;
    if (verdict.sentiment.label == Polarity::negative && handled)
        complain(change, plan, mention, ticket, random, now, rules.cases);
    else if (verdict.sentiment.label == Polarity::positive && !plan.guard.held())
        change.proposals = proposals_from_praise(plan.customer, mention, mention_id, now);
    return change;
}

PlanChange react_to_reply(const PlanState& plan, const Ticket& ticket, const std::string& text, Random& random,
                          Instant now) {
    PlanChange change{.customer = plan.customer.id};
    change.ledger.push_back({.id = new_id(random, now),
                             .customer = plan.customer.id,
                             .at = now,
                             .direction = Direction::outbound,
                             .channel = ticket.platform,
                             .kind = "reply",
                             .text = excerpt(text),
                             .ticket = ticket.id});
    if (const auto* about = case_of_ticket(plan.cases, ticket.id)) change.ledger.front().bad_experience = about->id;
    return change;
}

PlanChange react_to_state(const PlanState& plan, const Ticket& ticket, bool complaint, Random& random, Instant now,
                          const ReactRules& rules) {
    PlanChange change{.customer = plan.customer.id};
    const auto* known = case_of_ticket(plan.cases, ticket.id);
    // A guard says that there is a case, also where only the guard was kept.
    const BadExperience guarded{.id = ticket.id, .customer = plan.customer.id, .ticket = ticket.id};
    if (!known && plan.guard.ticket == ticket.id) known = &guarded;

    if (ticket.state == TicketState::resolved) {
        if (!known || !known->open()) return change;
        const CaseEvent event{
            .bad_experience = known->id, .at = now, .kind = CaseEventKind::resolved, .ticket = ticket.id};
        record_case(change, *known, event, random, now);
        recover(change, plan, *known, random, now, rules);
    } else if (complaint) {
        if (!known || !known->open()) {
            const CaseEvent event{.bad_experience = known ? known->id : ticket.id,
                                  .at = now,
                                  .kind = known ? CaseEventKind::reopened : CaseEventKind::opened,
                                  .ticket = ticket.id};
            record_case(change, known ? *known : BadExperience{}, event, random, now);
        }
        if (known && !known->open()) call_off_recovery(change, plan, *known, now);
        if (!plan.guard.held()) raise_guard(change, plan, guard_of(known ? *known : guarded, &ticket, now), now);
    }
    return change;
}

Result<PlanChange> resolve_case(const PlanState& plan, std::string_view bad_experience, std::string_view actor,
                                Random& random, Instant now, const ReactRules& rules) {
    const auto known = std::ranges::find(plan.cases, bad_experience, &BadExperience::id);
    if (known == plan.cases.end()) return Failure{Failure::Kind::not_found, "there is no such case"};
    if (!known->open()) return Failure{Failure::Kind::refused, "the case is resolved"};
    PlanChange change{.customer = plan.customer.id};
    const CaseEvent event{
        .bad_experience = known->id, .at = now, .actor = std::string(actor), .kind = CaseEventKind::resolved};
    record_case(change, *known, event, random, now);
    recover(change, plan, *known, random, now, rules);
    return change;
}

}  // namespace rasid

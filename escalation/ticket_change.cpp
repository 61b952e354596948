#include "escalation/ticket_change.hpp"

#include "escalation/target_policy.hpp"
#include "escalation/ticket_fold.hpp"

#include <set>
#include <utility>

namespace rasid {

TicketChanging::TicketChanging(const Policies& policies, const Ticket& before, std::span<const TicketEvent> history,
                               Random& random, Instant now)
    : policies_(policies), random_(random), now_(now), ticket_(before), expected_version_(before.version),
      all_(history.begin(), history.end()), known_(history.size()) {}

const TicketEvent& TicketChanging::add(TicketEvent event) {
    event.id = new_id(random_, now_);
    event.ticket = ticket_.id;
    event.sequence = ticket_.version + 1;
    if (event.at == Instant{}) event.at = now_;
    ticket_ = apply_event(std::move(ticket_), event, all_);
    all_.push_back(std::move(event));
    return all_.back();
}

/// A queue that was removed says nothing; what it promised stands.
void TicketChanging::renew_promises() {
    if (!policies_.queue(ticket_.queue)) return;
    const std::vector<PromisedTarget>* given = nullptr;
    for (const auto& event : all_) {
        if (event.kind == TicketEventKind::opened && event.opening) given = &event.opening->promises;
        if (event.kind == TicketEventKind::retargeted) given = &event.promises;
    }
    auto promises = targets_for(policies_, ticket_.queue, ticket_.priority, ticket_.tier);
    if (given && *given != promises) add({.kind = TicketEventKind::retargeted, .promises = std::move(promises)});
}

void TicketChanging::record_breaches() {
    ticket_ = with_clocks(std::move(ticket_), all_, now_);
    std::set<std::pair<Target, int>> known;
    for (const auto& event : all_) {
        if (event.kind == TicketEventKind::breached && event.target) known.emplace(*event.target, event.round);
    }
    const auto clocks = ticket_.clocks;
    for (const auto& clock : clocks) {
        if (clock.breached_at && !known.contains({clock.target, clock.round}))
            add({.kind = TicketEventKind::breached, .target = clock.target, .round = clock.round});
    }
}

void TicketChanging::catch_up() {
    if (ticket_.snoozed_until && *ticket_.snoozed_until <= now_) add({.kind = TicketEventKind::woken});
    if (ticket_.state == TicketState::open) renew_promises();
    record_breaches();
}

TicketChange TicketChanging::finish() && {
    if (all_.size() > known_) catch_up();
    TicketChange change{.after = std::move(ticket_), .expected_version = expected_version_};
    change.events.assign(std::make_move_iterator(all_.begin() + static_cast<std::ptrdiff_t>(known_)),
                         std::make_move_iterator(all_.end()));
    if (!change.events.empty()) change.after = with_deadlines(std::move(change.after), policies_);
    return change;
}

TicketChange retargeted(const Policies& policies, const Ticket& ticket, std::span<const TicketEvent> history,
                        Random& random, Instant now) {
    TicketChanging changing(policies, ticket, history, random, now);
    changing.catch_up();
    auto change = std::move(changing).finish();
    if (change.events.empty()) change.after = with_deadlines(ticket, policies);
    return change;
}

}  // namespace rasid

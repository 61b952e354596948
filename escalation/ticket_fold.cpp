#include "escalation/ticket_fold.hpp"

#include "escalation/business_time.hpp"
#include "escalation/clock_fold.hpp"
#include "escalation/rungs.hpp"

#include <algorithm>
#include <cassert>
#include <set>
#include <utility>

namespace rasid {
namespace {

void open(Ticket& ticket, const TicketEvent& event) {
    assert(event.opening);
    const Opening& opening = *event.opening;
    ticket.id = event.ticket;
    ticket.state = TicketState::open;
    ticket.priority = opening.priority;
    ticket.queue = opening.queue;
    ticket.brand = opening.brand;
    ticket.ladder = opening.ladder;
    ticket.platform = opening.platform;
    ticket.source = opening.source;
    ticket.author = opening.author;
    ticket.conversation = opening.conversation;
    ticket.customer = opening.customer;
    ticket.tier = opening.tier;
    ticket.rule = opening.rule;
    ticket.tags = opening.tags;
    ticket.reasons = opening.reasons;
    ticket.first_mention = event.mention;
    ticket.latest_mention = event.mention;
    ticket.mentions = event.mention.empty() ? 0 : 1;
    ticket.opened_at = event.at;
    ticket.unacknowledged_since = event.at;
}

void acknowledge(Ticket& ticket, const TicketEvent& event) {
    if (!ticket.acknowledged_by.empty()) return;
    ticket.acknowledged_by = event.actor;
    ticket.acknowledged_at = event.at;
}

void forget_acknowledgement(Ticket& ticket, Instant at) {
    if (ticket.acknowledged_by.empty()) return;
    ticket.acknowledged_by.clear();
    ticket.acknowledged_at.reset();
    ticket.unacknowledged_since = at;
}

void release(Ticket& ticket, Instant at) {
    // Somebody else's acknowledgement stands: he knows of it whoever has it.
    if (ticket.acknowledged_by == ticket.assignee) forget_acknowledgement(ticket, at);
    ticket.assignee.clear();
}

void end_reply(Ticket& ticket, const TicketEvent& event) {
    if (!event.refers_to.empty() && ticket.pending_reply == event.refers_to) ticket.pending_reply.clear();
}

void decide_proposal(Ticket& ticket, const TicketEvent& event) {
    if (!event.refers_to.empty() && ticket.proposed_reply == event.refers_to) ticket.proposed_reply.clear();
}

void reopen(Ticket& ticket, Instant at) {
    ticket.state = TicketState::open;
    forget_acknowledgement(ticket, at);
    ticket.unacknowledged_since = at;
    ticket.notified.clear();
}

void apply_kind(Ticket& ticket, const TicketEvent& event) {
    switch (event.kind) {
    case TicketEventKind::opened:
        open(ticket, event);
        break;
    case TicketEventKind::joined:
        ticket.latest_mention = event.mention;
        ++ticket.mentions;
        ticket.snoozed_until.reset();
        break;
    case TicketEventKind::assigned:
        ticket.assignee = event.person;
        if (event.actor == event.person) acknowledge(ticket, event);
        break;
    case TicketEventKind::released:
        release(ticket, event.at);
        break;
    case TicketEventKind::acknowledged:
        acknowledge(ticket, event);
        break;
    case TicketEventKind::reply_queued:
        ticket.pending_reply = event.id;
        decide_proposal(ticket, event);
        break;
    case TicketEventKind::reply_proposed:
        ticket.proposed_reply = event.id;
        break;
    case TicketEventKind::reply_returned:
        decide_proposal(ticket, event);
        break;
    case TicketEventKind::replied:
    case TicketEventKind::reply_failed:
        end_reply(ticket, event);
        break;
    case TicketEventKind::priority_changed:
        if (event.priority) ticket.priority = *event.priority;
        if (event.detail)
            ticket.reasons.insert(ticket.reasons.end(), event.detail->reasons.begin(), event.detail->reasons.end());
        if (!event.text.empty()) ticket.reasons.push_back(already_said(event.text));
        break;
    case TicketEventKind::resolved:
        ticket.state = TicketState::resolved;
        ticket.snoozed_until.reset();
        break;
    case TicketEventKind::reopened:
        reopen(ticket, event.at);
        break;
    case TicketEventKind::notified:
        if (auto key = step_key(event); std::ranges::find(ticket.notified, key) == ticket.notified.end())
            ticket.notified.push_back(std::move(key));
        break;
    case TicketEventKind::grouped:
        ticket.incident = event.refers_to;
        ticket.incident_runs = true;
        break;
    case TicketEventKind::ungrouped:
        ticket.incident.clear();
        ticket.incident_runs = false;
        break;
    case TicketEventKind::incident_over:
        ticket.incident_runs = false;
        break;
    case TicketEventKind::snoozed:
        if (event.detail) ticket.snoozed_until = event.detail->due_at;
        break;
    case TicketEventKind::woken:
        ticket.snoozed_until.reset();
        break;
    case TicketEventKind::labelled:
        if (!event.text.empty()) ticket.labels.push_back(event.text);
        break;
    case TicketEventKind::unlabelled:
        std::erase(ticket.labels, event.text);
        break;
    case TicketEventKind::answered_elsewhere:
    case TicketEventKind::breached:
    case TicketEventKind::status_changed:
    case TicketEventKind::call_planned:
    case TicketEventKind::call_held:
    case TicketEventKind::disputed:
    case TicketEventKind::intervened:
    case TicketEventKind::departed:
    case TicketEventKind::retargeted:
    case TicketEventKind::auto_acknowledged:
    case TicketEventKind::noted:
    case TicketEventKind::undone:
    case TicketEventKind::acted:
    case TicketEventKind::action_queued:
        break;
    }
}

void count(Ticket& ticket, const TicketEvent& event) {
    ticket.version = event.sequence;
    ticket.updated_at = std::max(ticket.updated_at, event.at);
}

}  // namespace

namespace {

Ticket without_clocks(std::span<const TicketEvent> events) {
    std::set<std::string_view> undone;
    for (const auto& event : events) {
        if (event.kind == TicketEventKind::undone) undone.insert(event.refers_to);
    }
    Ticket ticket;
    for (const auto& event : events) {
        if (!undone.contains(event.id)) apply_kind(ticket, event);
        count(ticket, event);
    }
    return ticket;
}

}  // namespace

Ticket with_clocks(Ticket ticket, std::span<const TicketEvent> history, Instant now) {
    auto clocks = fold_clocks(clock_events_of(history), now);
    ticket.clocks.assign(clocks.rows.begin(), clocks.rows.end());
    ticket.status = clocks.status;
    ticket.paused_by = std::move(clocks.paused_by);
    return ticket;
}

Ticket fold(std::span<const TicketEvent> events, Instant now) {
    return with_clocks(without_clocks(events), events, now);
}

Ticket apply_event(Ticket before, const TicketEvent& event, std::span<const TicketEvent> history) {
    if (event.kind != TicketEventKind::undone) {
        apply_kind(before, event);
        count(before, event);
        return before;
    }
    std::vector<TicketEvent> events;
    std::ranges::copy_if(history, std::back_inserter(events),
                         [&](const TicketEvent& earlier) { return earlier.sequence < event.sequence; });
    assert(static_cast<std::int64_t>(events.size()) == before.version);
    events.push_back(event);
    Ticket after = without_clocks(events);
    after.number = before.number;
    after.status = before.status;
    after.clocks = std::move(before.clocks);
    after.paused_by = std::move(before.paused_by);
    after.due_at = before.due_at;
    after.soon_at = before.soon_at;
    after.check_at = before.check_at;
    return after;
}

Ticket with_deadlines(Ticket ticket, const Policies& policies) {
    ticket.due_at.reset();
    ticket.soon_at.reset();
    ticket.check_at.reset();
    if (ticket.state != TicketState::open) return ticket;

    const auto look_again_at = [&](Instant at) {
        ticket.check_at = ticket.check_at ? std::min(*ticket.check_at, at) : at;
    };
    for (const auto& clock : ticket.clocks) {
        if (!clock.open() || !clock.due_at) continue;
        if (!ticket.due_at || *clock.due_at < *ticket.due_at) {
            ticket.due_at = clock.due_at;
            ticket.soon_at = soon_limit(clock);
        }
        if (!clock.breached_at) look_again_at(*clock.due_at);
    }
    for (const auto& step : rungs_ahead(ticket, policies)) look_again_at(step.at);
    if (ticket.snoozed_until) look_again_at(*ticket.snoozed_until);
    return ticket;
}

ClockState state_of(const TargetClock& clock, const Policies& policies, Instant now) {
    if (clock.breached_at) return ClockState::breached;
    if (clock.met_at) return ClockState::met;
    if (!clock.running_since) return ClockState::paused;
    if (clock.due_at && now > *clock.due_at) return ClockState::breached;
    return resumes_at(policies.calendar(clock.calendar), now) ? ClockState::paused : ClockState::running;
}

ClockState state_of(const Ticket& ticket, const TargetClock& clock, const Policies& policies, Instant now) {
    const bool stands_still = ticket.state == TicketState::resolved && clock.open() && !clock.breached_at;
    return stands_still ? ClockState::paused : state_of(clock, policies, now);
}

Instant soon_limit(const TargetClock& clock) {
    return clock.due_at.value_or(clock.started_at + clock.length) -
           std::clamp<Duration>(clock.length / 4, std::chrono::minutes(5), std::chrono::minutes(60));
}

}  // namespace rasid

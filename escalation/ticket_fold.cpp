#include "escalation/ticket_fold.hpp"

#include "escalation/business_time.hpp"
#include "escalation/ladder_steps.hpp"

#include <algorithm>
#include <cassert>
#include <set>
#include <utility>

namespace rasid {
namespace {

TargetClock* clock_of(Ticket& ticket, Target target) {
    const auto clock = std::ranges::find(ticket.clocks, target, &TargetClock::target);
    return clock == ticket.clocks.end() ? nullptr : &*clock;
}

/// The earliest fulfilment counts, in whatever order they became known: a reply seen late on the platform may precede a
/// breach that was recorded meanwhile, and then the promise was kept.
void meet(Ticket& ticket, Target target, Instant at) {
    TargetClock* clock = clock_of(ticket, target);
    if (!clock || (clock->met_at && *clock->met_at <= at)) return;
    clock->met_at = at;
    if (at <= clock->due_at)
        clock->breached_at.reset();
    else if (!clock->breached_at)
        clock->breached_at = clock->due_at;
}

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
    ticket.rule = opening.rule;
    ticket.tags = opening.tags;
    ticket.reasons = opening.reasons;
    ticket.clocks = opening.clocks;
    ticket.first_mention = event.mention;
    ticket.latest_mention = event.mention;
    ticket.mentions = 1;
    ticket.opened_at = event.at;
}

void acknowledge(Ticket& ticket, const TicketEvent& event) {
    if (!ticket.acknowledged_by.empty()) return;
    ticket.acknowledged_by = event.actor;
    ticket.acknowledged_at = event.at;
}

void forget_acknowledgement(Ticket& ticket) {
    ticket.acknowledged_by.clear();
    ticket.acknowledged_at.reset();
}

void release(Ticket& ticket) {
    // Somebody else's acknowledgement stands: he knows of it whoever has it.
    if (ticket.acknowledged_by == ticket.assignee) forget_acknowledgement(ticket);
    ticket.assignee.clear();
}

void end_reply(Ticket& ticket, const TicketEvent& event) {
    if (!event.refers_to.empty() && ticket.pending_reply == event.refers_to) ticket.pending_reply.clear();
}

void reopen(Ticket& ticket, const TicketEvent& event) {
    ticket.state = TicketState::open;
    forget_acknowledgement(ticket);
    ticket.notified.clear();
    if (event.opening) {
        ticket.clocks = event.opening->clocks;
    } else if (TargetClock* clock = clock_of(ticket, Target::resolution)) {
        clock->met_at.reset();
    }
}

void apply_kind(Ticket& ticket, const TicketEvent& event) {
    switch (event.kind) {
    case TicketEventKind::opened:
        open(ticket, event);
        break;
    case TicketEventKind::joined:
        ticket.latest_mention = event.mention;
        ++ticket.mentions;
        break;
    case TicketEventKind::assigned:
        ticket.assignee = event.person;
        if (event.actor == event.person) acknowledge(ticket, event);
        break;
    case TicketEventKind::released:
        release(ticket);
        break;
    case TicketEventKind::acknowledged:
        acknowledge(ticket, event);
        break;
    case TicketEventKind::reply_queued:
        ticket.pending_reply = event.id;
        break;
    case TicketEventKind::replied:
        end_reply(ticket, event);
        meet(ticket, Target::first_response, event.at);
        break;
    case TicketEventKind::reply_failed:
        end_reply(ticket, event);
        break;
    case TicketEventKind::answered_elsewhere:
        meet(ticket, Target::first_response, event.at);
        break;
    case TicketEventKind::priority_changed:
        if (event.priority) ticket.priority = *event.priority;
        if (!event.text.empty()) ticket.reasons.push_back(event.text);
        break;
    case TicketEventKind::resolved:
        ticket.state = TicketState::resolved;
        meet(ticket, Target::resolution, event.at);
        break;
    case TicketEventKind::reopened:
        reopen(ticket, event);
        break;
    case TicketEventKind::notified:
        if (event.target) {
            auto key = step_key(*event.target, event.percent);
            if (std::ranges::find(ticket.notified, key) == ticket.notified.end())
                ticket.notified.push_back(std::move(key));
        }
        break;
    case TicketEventKind::breached:
        if (TargetClock* clock = event.target ? clock_of(ticket, *event.target) : nullptr;
            clock && !clock->breached_at) {
            clock->breached_at = clock->due_at;
        }
        break;
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

Ticket fold(std::span<const TicketEvent> events) {
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
    Ticket after = fold(events);
    after.number = before.number;
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
        if (clock.done()) continue;
        if (!ticket.due_at || clock.due_at < *ticket.due_at) {
            ticket.due_at = clock.due_at;
            ticket.soon_at = soon_limit(clock);
        }
        if (!clock.breached_at) look_again_at(clock.due_at);
    }
    for (const auto& step : untaken_steps(ticket, policies)) look_again_at(step.at);
    return ticket;
}

ClockState state_of(const TargetClock& clock, const Policies& policies, Instant now) {
    if (clock.breached_at) return ClockState::breached;
    if (clock.met_at) return ClockState::met;
    if (now >= clock.due_at) return ClockState::breached;
    return resumes_at(policies.calendar(clock.calendar), now) ? ClockState::paused : ClockState::running;
}

ClockState state_of(const Ticket& ticket, const TargetClock& clock, const Policies& policies, Instant now) {
    const bool stands_still = ticket.state == TicketState::resolved && !clock.done() && !clock.breached_at;
    return stands_still ? ClockState::paused : state_of(clock, policies, now);
}

Instant soon_limit(const TargetClock& clock) {
    return clock.due_at - std::clamp<Duration>(clock.length / 4, std::chrono::minutes(5), std::chrono::minutes(60));
}

}  // namespace rasid

#include "daemon/escalator.hpp"

#include "core/people.hpp"
#include "daemon/webhook_delivery.hpp"
#include "escalation/rungs.hpp"
#include "escalation/ticket_fold.hpp"

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace rasid {
namespace {

constexpr int kTicketsPerRound = 100;

/// A ticket whose time has come, with all that a call about it tells.
struct DueTicket {
    Ticket ticket = {};
    std::vector<TicketEvent> history = {};
    std::optional<StoredMention> mention = {};
};

std::vector<DueTicket> due_tickets(Reader& reader, Instant now) {
    std::vector<DueTicket> due;
    for (auto& ticket : reader.tickets_to_check(now, kTicketsPerRound)) {
        DueTicket one;
        one.history = reader.events_of(ticket.id);
        one.mention = reader.mention_by_id(ticket.latest_mention);
        one.ticket = std::move(ticket);
        due.push_back(std::move(one));
    }
    return due;
}

std::optional<Instant> due_of(const Ticket& ticket, const std::optional<Target>& target) {
    std::optional<Instant> due;
    for (const auto& clock : ticket.clocks) {
        if (target == clock.target) due = clock.due_at;
    }
    return due;
}

/// What a webhook is told of a ticket.
WebhookNotice facts_of(const DueTicket& due, const RungCall& call, const Policies& policies, std::string url) {
    WebhookNotice facts{.ticket = due.ticket, .target = call.target, .percent = call.percent};
    facts.due_at = due_of(due.ticket, call.target);
    facts.assignee = name_of(policies.people, due.ticket.assignee);
    facts.ticket_url = std::move(url);
    if (due.mention) {
        facts.text = due.mention->mention.text;
        facts.mention_url = due.mention->mention.url;
    } else if (!due.ticket.reasons.empty()) {
        facts.text = in_words(due.ticket.reasons.front(), Texts("en"));
    }
    return facts;
}

/// Until the next ticket's time comes, but a second at most: the wall clock may jump, and tickets come in.
Duration nap_until(const std::optional<Instant>& next, Instant now) {
    constexpr Duration kLongest = std::chrono::seconds(1);
    constexpr Duration kShortest = std::chrono::milliseconds(10);
    return next ? std::clamp(*next - now, kShortest, kLongest) : kLongest;
}

}  // namespace

Task<void> Escalator::run() {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
    for (;;) {
        const int changed = co_await tick();
        if (changed >= kTicketsPerRound) continue;
        const auto next = co_await env_.database.read([](Reader& reader) { return reader.next_check(); });
        timer.expires_after(nap_until(next, env_.clock.now()));
        co_await timer.async_wait(boost::asio::use_awaitable);
    }
}

Task<int> Escalator::tick() {
    const auto now = env_.clock.now();
    auto due = co_await env_.database.read([now](Reader& reader) { return due_tickets(reader, now); });
    if (due.empty()) co_return 0;
    const auto decisions = env_.decisions();

    struct Step {
        TicketChange change;
        std::vector<OutboxItem> calls;
    };
    std::vector<Step> steps;
    for (auto& one : due) {
        auto escalation = escalate(decisions->policies, one.ticket, one.history, env_.random, now);
        Step step{std::move(escalation.change), {}};
        if (step.change.events.empty()) {
            // Nothing is due after all: a policy was edited since. The row's deadlines are brought up to date.
            step.change = {with_deadlines(one.ticket, decisions->policies), one.ticket.version, {}};
        }
        one.ticket = step.change.after;
        for (const auto& call : escalation.calls) {
            const auto facts = facts_of(one, call, decisions->policies, env_.ticket_url(one.ticket.id));
            step.calls.push_back(webhook_item(call, facts, new_id(env_.random, now), now));
        }
        steps.push_back(std::move(step));
    }

    const auto stored = co_await env_.database.write([&steps](Store& store) {
        std::vector<Ticket> tickets;
        for (const auto& step : steps) {
            try {
                tickets.push_back(store.apply(step.change, {}, step.calls));
            } catch (const StaleVersion&) {
                // Somebody acted since the ticket was read; the next tick decides anew.
            }
        }
        return tickets;
    });
    bool calls = false;
    for (const auto& step : steps) {
        calls = calls || !step.calls.empty();
        for (const auto& event : step.change.events) {
            if (event.kind == TicketEventKind::breached) env_.metrics.ticket_breached(step.change.after.priority);
        }
    }
    for (const auto& ticket : stored) env_.on_ticket(ticket, "escalated");
    if (calls) env_.outbox_changed();
    co_return static_cast<int>(stored.size());
}

}  // namespace rasid

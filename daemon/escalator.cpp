#include "daemon/escalator.hpp"

#include "core/mail_payload.hpp"
#include "escalation/ladder.hpp"
#include "escalation/mail.hpp"
#include "escalation/ticket_fold.hpp"

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace rasid {
namespace {

constexpr int kTicketsPerRound = 100;

/// A ticket whose time has come, with all that a mail about it tells.
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

}  // namespace

Task<void> Escalator::run() {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
    for (;;) {
        const int changed = co_await tick();
        if (changed >= kTicketsPerRound) continue;
        timer.expires_after(std::chrono::seconds(1));
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
        std::vector<OutboxItem> mails;
    };
    std::vector<Step> steps;
    for (const auto& one : due) {
        auto escalation = escalate(decisions->policies, one.ticket, one.history, env_.random, now);
        Step step{std::move(escalation.change), {}};
        if (step.change.events.empty()) {
            // Nothing is due after all: a policy was edited since. The row's deadlines are brought up to date.
            step.change = {with_deadlines(one.ticket, decisions->policies), one.ticket.version, {}};
        }
        for (const auto& notice : escalation.notices) {
            EscalationMail mail;
            mail.recipient = notice.person;
            mail.ticket = step.change.after;
            if (one.mention) {
                mail.mention = one.mention->mention;
                mail.verdict = one.mention->verdict;
            }
            mail.target = notice.target;
            mail.percent = notice.percent;
            const auto holder = std::find_if(decisions->policies.people.begin(), decisions->policies.people.end(),
                                             [&](const Person& person) { return person.id == one.ticket.assignee; });
            if (holder != decisions->policies.people.end()) mail.assignee_name = holder->name;
            mail.ticket_url = env_.ticket_url(one.ticket.id);
            mail.acknowledge_url = env_.acknowledge_url(one.ticket.id, notice.person.id);
            mail.settings_url = env_.settings_url;
            mail.time_zone = env_.time_zone;
            mail.now = now;
            const auto content = render_escalation(mail);
            MailPayload payload;
            payload.to_name = notice.person.name;
            payload.subject = content.subject;
            payload.text = content.text;
            payload.html = content.html;
            payload.language = notice.person.language;
            payload.reason = content.reason;
            payload.list = one.ticket.brand;
            payload.ticket_number = one.ticket.number;
            OutboxItem item;
            item.id = new_id(env_.random, now);
            item.kind = "escalation";
            item.key = notice.key;
            item.to = notice.person.email;
            item.ticket = one.ticket.id;
            item.event = notice.event_id;
            item.payload = print_mail_payload(payload);
            item.priority = step.change.after.priority;
            item.created_at = now;
            item.not_before = now;
            step.mails.push_back(std::move(item));
        }
        steps.push_back(std::move(step));
    }

    const auto stored = co_await env_.database.write([&steps](Store& store) {
        std::vector<Ticket> tickets;
        for (const auto& step : steps) {
            try {
                tickets.push_back(store.apply(step.change, {}, step.mails));
            } catch (const StaleVersion&) {
                // Somebody acted since the ticket was read; the next tick decides anew.
            }
        }
        return tickets;
    });
    bool mails = false;
    for (const auto& step : steps) {
        mails = mails || !step.mails.empty();
        for (const auto& event : step.change.events) {
            if (event.kind == TicketEventKind::breached) env_.metrics.ticket_breached(step.change.after.priority);
        }
    }
    for (const auto& ticket : stored) env_.on_ticket(ticket, "escalated");
    if (mails) env_.outbox_changed();
    co_return static_cast<int>(stored.size());
}

}  // namespace rasid

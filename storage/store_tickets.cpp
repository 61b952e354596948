#include "storage/column_json.hpp"
#include "storage/search_fields.hpp"
#include "storage/search_place.hpp"
#include "storage/sql_store.hpp"
#include "storage/ticket_json.hpp"
#include "storage/ticket_row.hpp"

#include <chrono>

namespace rasid {
namespace {

std::optional<Instant> unless_never(Instant at) {
    if (at == kNever) return std::nullopt;
    return at;
}

TicketEvent ticket_event_of(const Answer& answer) {
    Columns columns(answer);
    TicketEvent event;
    event.id = columns.text();
    event.ticket = columns.text();
    event.sequence = columns.integer();
    event.at = columns.instant();
    event.actor = columns.text();
    event.kind = parse_ticket_event_kind(columns.text()).value_or(TicketEventKind::noted);
    event.mention = columns.text();
    event.person = columns.text();
    event.text = columns.text();
    event.refers_to = columns.text();
    event.target = parse_target(columns.text());
    event.percent = columns.small();
    if (const auto priority = columns.maybe_integer()) event.priority = static_cast<Priority>(*priority);
    event.opening = opening_from_json(columns.text());
    event.round = columns.small();
    event.status = parse_ticket_status(columns.text());
    event.promises = promises_from_json(columns.text());
    if (const auto time = columns.maybe_integer()) event.unacknowledged = Duration(*time);
    event.detail = detail_from_json(columns.text());
    return event;
}

std::optional<Ticket> one_ticket(Answer& answer) {
    if (!answer.next()) return std::nullopt;
    return ticket_of(answer);
}

}  // namespace

const std::string& ticket_columns() {
    static const std::string columns = R"sql(
        id, number, version, state, priority, queue, brand, ladder, platform, source, author_handle,
        author_name, author_native_id, author_followers, author_verified, conversation,
        customer, rule, tags, reasons, clocks, assignee, acknowledged_by, acknowledged_at, first_mention, latest_mention,
        mentions, pending_reply, notified, opened_at, updated_at, due_at, soon_at, check_at, status, tier, paused_by,
        unacknowledged_since, incident, incident_runs, proposed_reply, labels,
        snoozed_until )sql";
    return columns;
}

Ticket ticket_of(const Answer& answer) {
    Columns columns(answer);
    Ticket ticket;
    ticket.id = columns.text();
    ticket.number = columns.integer();
    ticket.version = columns.integer();
    ticket.state = columns.text() == to_string(TicketState::resolved) ? TicketState::resolved : TicketState::open;
    ticket.priority = static_cast<Priority>(columns.small());
    ticket.queue = columns.text();
    ticket.brand = columns.text();
    ticket.ladder = columns.text();
    ticket.platform = columns.text();
    ticket.source = columns.text();
    ticket.author.handle = columns.text();
    ticket.author.name = columns.text();
    ticket.author.native_id = columns.text();
    ticket.author.followers = columns.maybe_integer();
    ticket.author.verified = columns.flag();
    ticket.conversation = columns.text();
    ticket.customer = columns.text();
    ticket.rule = columns.text();
    ticket.tags = strings_from_json(columns.text());
    ticket.reasons = reasons_from_json(columns.text());
    ticket.clocks = clocks_from_json(columns.text());
    ticket.assignee = columns.text();
    ticket.acknowledged_by = columns.text();
    ticket.acknowledged_at = columns.maybe_instant();
    ticket.first_mention = columns.text();
    ticket.latest_mention = columns.text();
    ticket.mentions = columns.integer();
    ticket.pending_reply = columns.text();
    ticket.notified = strings_from_json(columns.text());
    ticket.opened_at = columns.instant();
    ticket.updated_at = columns.instant();
    ticket.due_at = unless_never(columns.instant());
    ticket.soon_at = unless_never(columns.instant());
    ticket.check_at = unless_never(columns.instant());
    ticket.status = parse_ticket_status(columns.text()).value_or(TicketStatus::active);
    ticket.tier = columns.text();
    ticket.paused_by = pauses_from_json(columns.text());
    ticket.unacknowledged_since = columns.instant();
    ticket.incident = columns.text();
    ticket.incident_runs = columns.flag();
    ticket.proposed_reply = columns.text();
    ticket.labels = strings_from_json(columns.text());
    if (const auto until = columns.instant(); until != Instant{}) ticket.snoozed_until = until;
    return ticket;
}

std::optional<Ticket> SqlStore::ticket(std::string_view id) {
    return one_ticket(*engine_->ask("SELECT" + ticket_columns() + "FROM tickets WHERE id = $1", id));
}

std::optional<Ticket> SqlStore::ticket_by_number(std::int64_t number) {
    return one_ticket(*engine_->ask("SELECT" + ticket_columns() + "FROM tickets WHERE number = $1", number));
}

std::vector<TicketEvent> SqlStore::events_of(std::string_view ticket) {
    const auto answer = engine_->ask(R"sql(
        SELECT id, ticket, sequence, at, actor, kind, mention, person, text, refers_to, target, percent, priority, opening,
               round, status, promises, unacknowledged, detail
        FROM ticket_events WHERE ticket = $1 ORDER BY sequence)sql",
                                     ticket);
    std::vector<TicketEvent> events;
    while (answer->next()) events.push_back(ticket_event_of(*answer));
    return events;
}

std::optional<Ticket> SqlStore::open_ticket_for(std::string_view platform, std::string_view conversation,
                                                std::string_view handle, std::string_view customer) {
    const auto folded = fold_handle(handle);
    const bool placed = !platform.empty();
    return one_ticket(*engine_->ask("SELECT" + ticket_columns() + R"sql(
        FROM tickets WHERE id = (
            SELECT id FROM (
                SELECT id, opened_at FROM tickets WHERE state = 'open' AND platform = $1 AND conversation = $2 AND $3 = 1
                UNION ALL
                SELECT id, opened_at FROM tickets WHERE state = 'open' AND platform = $1 AND author_folded = $4 AND $5 = 1
                UNION ALL
                SELECT id, opened_at FROM tickets WHERE state = 'open' AND customer = $6 AND $7 = 1
            ) AS candidates ORDER BY opened_at DESC, id DESC LIMIT 1))sql",
                                    platform, conversation, placed && !conversation.empty(), folded,
                                    placed && !folded.empty(), customer, !customer.empty()));
}

std::optional<Ticket> SqlStore::resolved_ticket_of(std::string_view platform, std::string_view conversation,
                                                   Instant since) {
    if (conversation.empty()) return std::nullopt;
    return one_ticket(*engine_->ask("SELECT" + ticket_columns() + R"sql(
        FROM tickets WHERE platform = $1 AND conversation = $2 AND conversation <> '' AND state = 'resolved' AND updated_at >= $3
        ORDER BY updated_at DESC, id DESC LIMIT 1)sql",
                                    platform, conversation, since));
}

std::vector<Ticket> SqlStore::open_tickets_after(std::string_view id, int limit) {
    const auto answer = engine_->ask("SELECT" + ticket_columns() + R"sql(
        FROM tickets WHERE state = 'open' AND id > $1 ORDER BY id LIMIT $2)sql",
                                     id, limit);
    std::vector<Ticket> tickets;
    while (answer->next()) tickets.push_back(ticket_of(*answer));
    return tickets;
}

std::optional<Ticket> SqlStore::open_ticket_of_mention(const MentionKey& key) {
    return one_ticket(*engine_->ask("SELECT" + ticket_columns() + R"sql(
        FROM tickets WHERE state = 'open'
        AND id = (SELECT ticket FROM mentions AS post WHERE post.platform = $1 AND post.native_id = $2))sql",
                                    key.platform, key.native_id));
}

std::vector<Ticket> SqlStore::tickets_to_check(Instant now, int limit) {
    const auto answer = engine_->ask("SELECT" + ticket_columns() + R"sql(
        FROM tickets WHERE state = 'open' AND check_at <= $1 ORDER BY check_at, id LIMIT $2)sql",
                                     now, limit);
    std::vector<Ticket> tickets;
    while (answer->next()) tickets.push_back(ticket_of(*answer));
    return tickets;
}

std::optional<Instant> SqlStore::next_check() {
    const auto answer = engine_->ask("SELECT check_at FROM tickets WHERE state = 'open' ORDER BY check_at LIMIT 1");
    if (!answer->next()) return std::nullopt;
    return unless_never(from_micros(answer->integer(0)));
}

Ticket SqlStore::apply(const TicketChange& change, const std::vector<PlanChange>& plans,
                       const std::vector<OutboxItem>& outbox) {
    Ticket ticket;
    transact([&] {
        ticket = store_change(change);
        for (const auto& plan : plans) store_plan(plan);
        for (const auto& item : outbox) store_outbox(item);
    });
    return ticket;
}

Ticket SqlStore::store_change(const TicketChange& change) {
    Ticket ticket = change.after;
    bool searched_differently = false;  ///< its texts are found by what it is
    if (change.expected_version == 0) {
        if (engine_->ask("SELECT 1 FROM tickets WHERE id = $1", ticket.id)->next()) {
            throw StaleVersion("ticket " + ticket.id + " exists already");
        }
        ticket.number = next_number("ticket");
    } else {
        const auto answer =
            engine_->ask("SELECT number, state, brand, labels FROM tickets WHERE id = $1 AND version = $2", ticket.id,
                         change.expected_version);
        if (!answer->next()) {
            throw StaleVersion("ticket " + ticket.id + " is no longer at version " +
                               std::to_string(change.expected_version));
        }
        ticket.number = answer->integer(0);
        searched_differently = answer->text(1) != to_string(ticket.state) || answer->text(2) != ticket.brand ||
                               strings_from_json(answer->text(3)) != ticket.labels;
    }
    write_ticket(ticket);
    if (searched_differently) await_indexing_of_ticket(ticket.id);
    for (const auto& event : change.events) {
        append_event(event);
        if (is_written(event)) await_indexing(kEventDocument, event.id);
        if (event.kind == TicketEventKind::assigned) remember_turn(event.person, event.at);
    }
    store_news(change);
    store_relay_events(change);
    return ticket;
}

void SqlStore::write_ticket(const Ticket& ticket) {
    engine_->run(R"sql(
        INSERT INTO tickets (id, number, version, state, priority, queue, brand, ladder, platform, source, author_handle, author_folded,
            author_name, author_native_id, author_followers, author_verified, conversation, customer, rule, tags, reasons, clocks,
            assignee, acknowledged_by, acknowledged_at, first_mention, latest_mention, mentions, pending_reply, notified, opened_at,
            updated_at, due_at, soon_at, check_at, status, tier, paused_by, unacknowledged_since, incident, incident_runs,
            proposed_reply, labels, snoozed_until)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25,
            $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44)
        ON CONFLICT (id) DO UPDATE SET version = excluded.version, state = excluded.state, priority = excluded.priority,
            queue = excluded.queue, brand = excluded.brand, ladder = excluded.ladder, platform = excluded.platform,
            source = excluded.source, author_handle = excluded.author_handle, author_folded = excluded.author_folded,
            author_name = excluded.author_name, author_native_id = excluded.author_native_id,
            author_followers = excluded.author_followers, author_verified = excluded.author_verified,
            conversation = excluded.conversation, customer = excluded.customer, rule = excluded.rule, tags = excluded.tags,
            reasons = excluded.reasons, clocks = excluded.clocks, assignee = excluded.assignee,
            acknowledged_by = excluded.acknowledged_by, acknowledged_at = excluded.acknowledged_at,
            first_mention = excluded.first_mention, latest_mention = excluded.latest_mention, mentions = excluded.mentions,
            pending_reply = excluded.pending_reply, notified = excluded.notified, opened_at = excluded.opened_at,
            updated_at = excluded.updated_at, due_at = excluded.due_at, soon_at = excluded.soon_at, check_at = excluded.check_at,
            status = excluded.status, tier = excluded.tier, paused_by = excluded.paused_by,
            unacknowledged_since = excluded.unacknowledged_since, incident = excluded.incident,
            incident_runs = excluded.incident_runs, proposed_reply = excluded.proposed_reply,
            labels = excluded.labels, snoozed_until = excluded.snoozed_until)sql",
                 ticket.id, ticket.number, ticket.version, to_string(ticket.state), static_cast<int>(ticket.priority),
                 ticket.queue, ticket.brand, ticket.ladder, ticket.platform, ticket.source, ticket.author.handle,
                 fold_handle(ticket.author.handle), ticket.author.name, ticket.author.native_id,
                 ticket.author.followers, ticket.author.verified, ticket.conversation, ticket.customer, ticket.rule,
                 strings_to_json(ticket.tags), reasons_to_json(ticket.reasons), clocks_to_json(ticket.clocks),
                 ticket.assignee, ticket.acknowledged_by, ticket.acknowledged_at, ticket.first_mention,
                 ticket.latest_mention, ticket.mentions, ticket.pending_reply, strings_to_json(ticket.notified),
                 ticket.opened_at, ticket.updated_at, ticket.due_at.value_or(kNever), ticket.soon_at.value_or(kNever),
                 ticket.check_at.value_or(kNever), to_string(ticket.status), ticket.tier,
                 pauses_to_json(ticket.paused_by), ticket.unacknowledged_since, ticket.incident, ticket.incident_runs,
                 ticket.proposed_reply, strings_to_json(ticket.labels), ticket.snoozed_until.value_or(Instant{}));
}

void SqlStore::append_event(const TicketEvent& event) {
    std::optional<std::int64_t> priority;
    if (event.priority) priority = static_cast<std::int64_t>(*event.priority);
    std::optional<std::int64_t> unacknowledged;
    if (event.unacknowledged) unacknowledged = event.unacknowledged->count();
    engine_->run(R"sql(
        INSERT INTO ticket_events (id, ticket, sequence, at, actor, kind, mention, person, text, refers_to, target, percent, priority,
                                   opening, round, status, promises, unacknowledged, detail)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19))sql",
                 event.id, event.ticket, event.sequence, event.at, event.actor, to_string(event.kind), event.mention,
                 event.person, event.text, event.refers_to,
                 event.target ? to_string(*event.target) : std::string_view(), event.percent, priority,
                 opening_to_json(event.opening), event.round,
                 event.status ? to_string(*event.status) : std::string_view(),
                 event.promises.empty() ? std::string() : promises_to_json(event.promises), unacknowledged,
                 detail_to_json(event.detail));
}

std::optional<std::string> SqlStore::answer_to(std::string_view person, std::string_view key) {
    const auto answer =
        engine_->ask("SELECT answer FROM answers WHERE person = $1 AND idempotency_key = $2", person, key);
    if (!answer->next()) return std::nullopt;
    return std::string(answer->text(0));
}

void SqlStore::remember_answer(std::string_view person, std::string_view key, std::string_view answer, Instant now) {
    transact([&] {
        engine_->run("DELETE FROM answers WHERE given_at <= $1", now - std::chrono::hours(24));
        engine_->run(R"sql(
            INSERT INTO answers (person, idempotency_key, answer, given_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (person, idempotency_key) DO NOTHING)sql",
                     person, key, answer, now);
    });
}

}  // namespace rasid

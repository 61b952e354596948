#include "storage/sql_store.hpp"
#include "storage/ticket_row.hpp"

#include <algorithm>

namespace rasid {
namespace {

/// Whether those who are told of a ticket want to know, or what waits for them may have become idle.
bool is_news(const TicketEvent& event, const Ticket& ticket) {
    using Kind = TicketEventKind;
    switch (event.kind) {
    case Kind::notified:
        return !event.person.empty();
    case Kind::acknowledged:
    case Kind::assigned:
    case Kind::replied:
    case Kind::answered_elsewhere:
    case Kind::resolved:
        return !ticket.notified.empty();
    case Kind::noted:
    case Kind::reply_proposed:
    case Kind::reply_returned:
        return event.detail && !event.detail->people.empty();
    default:
        return false;
    }
}

}  // namespace

void SqlStore::store_news(const TicketChange& change) {
    for (const auto& event : change.events) {
        if (!is_news(event, change.after)) continue;
        engine_->run(R"sql(
            INSERT INTO ticket_news (event, ticket, sequence, at) VALUES ($1, $2, $3, $4) ON CONFLICT (event) DO NOTHING)sql",
                     event.id, event.ticket, event.sequence, event.at);
    }
}

std::vector<TicketNews> SqlStore::ticket_news(int limit) {
    const auto answer =
        engine_->ask("SELECT event, ticket FROM ticket_news ORDER BY at, ticket, sequence LIMIT $1", limit);
    std::vector<TicketNews> news;
    while (answer->next()) {
        Columns columns(*answer);
        auto event = columns.text();
        news.push_back({std::move(event), columns.text()});
    }
    return news;
}

void SqlStore::forget_news(const std::vector<TicketNews>& news) {
    transact([&] {
        for (const auto& one : news) engine_->run("DELETE FROM ticket_news WHERE event = $1", one.event);
    });
}

bool SqlStore::anything_to_tell(Instant now) {
    return engine_->ask("SELECT 1 FROM ticket_news LIMIT 1")->next() ||
           engine_->ask("SELECT 1 FROM inboxes WHERE next_at <= $1 LIMIT 1", now)->next();
}

std::vector<std::string> SqlStore::inboxes_due(Instant now, int limit) {
    const auto answer =
        engine_->ask("SELECT person FROM inboxes WHERE next_at <= $1 ORDER BY next_at, person LIMIT $2", now, limit);
    std::vector<std::string> people;
    while (answer->next()) people.emplace_back(answer->text(0));
    return people;
}

PersonInbox SqlStore::inbox(std::string_view person) {
    const auto answer = engine_->ask("SELECT body FROM inboxes WHERE person = $1", person);
    if (!answer->next()) return {};
    auto inbox = parse_inbox(answer->text(0));
    if (!inbox) throw StoreError("the inbox of " + std::string(person) + " is damaged: " + inbox.error().what);
    return std::move(*inbox);
}

void SqlStore::put_inbox(std::string_view person, const PersonInbox& inbox, std::optional<Instant> next) {
    transact([&] {
        if (inbox == PersonInbox()) {
            engine_->run("DELETE FROM inboxes WHERE person = $1", person);
            return;
        }
        engine_->run(R"sql(
            INSERT INTO inboxes (person, body, next_at) VALUES ($1, $2, $3)
            ON CONFLICT (person) DO UPDATE SET body = excluded.body, next_at = excluded.next_at)sql",
                     person, print_inbox(inbox), next.value_or(kNever));
    });
}

std::optional<Instant> SqlStore::digest_run(std::string_view kind) {
    const auto answer = engine_->ask("SELECT at FROM digest_runs WHERE kind = $1", kind);
    if (!answer->next()) return std::nullopt;
    return from_micros(answer->integer(0));
}

void SqlStore::put_digest_run(std::string_view kind, Instant at) {
    transact([&] {
        engine_->run(
            "INSERT INTO digest_runs (kind, at) VALUES ($1, $2) ON CONFLICT (kind) DO UPDATE SET at = excluded.at",
            kind, at);
    });
}

}  // namespace rasid

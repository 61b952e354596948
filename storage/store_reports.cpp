#include "storage/column_json.hpp"
#include "storage/json_values.hpp"
#include "storage/sql_store.hpp"
#include "storage/ticket_json.hpp"

namespace rasid {
namespace {

/// What is counted of tickets; reading all of them whole takes five times as long.
const std::string kCounted = R"sql(
    SELECT id, number, state, queue, brand, source, assignee, first_mention, clocks, paused_by, incident, opened_at, updated_at, due_at
    FROM tickets )sql";

void use_tickets(Answer& answer, const std::function<void(const Ticket&)>& use) {
    while (answer.next()) {
        Columns columns(answer);
        Ticket ticket;
        ticket.id = columns.text();
        ticket.number = columns.integer();
        ticket.state = columns.text() == to_string(TicketState::resolved) ? TicketState::resolved : TicketState::open;
        ticket.queue = columns.text();
        ticket.brand = columns.text();
        ticket.source = columns.text();
        ticket.assignee = columns.text();
        ticket.first_mention = columns.text();
        ticket.clocks = clocks_from_json(columns.text());
        ticket.paused_by = pauses_from_json(columns.text());
        ticket.incident = columns.text();
        ticket.opened_at = columns.instant();
        ticket.updated_at = columns.instant();
        if (const auto due = columns.instant(); due != kNever) ticket.due_at = due;
        use(ticket);
    }
}

Polarity polarity_in(JsonView verdict) {
    return parse_polarity(text(verdict["sentiment"]["label"])).value_or(Polarity::neutral);
}

}  // namespace

void SqlStore::each_ticket_of(Instant from, Instant to, const std::function<void(const Ticket&)>& use) {
    // The plus keeps the database from walking all that were ever opened to find those that are open.
    const auto answer = engine_->ask(kCounted + R"sql(WHERE id IN (
            SELECT id FROM tickets WHERE opened_at >= $1 AND opened_at < $2
            UNION SELECT id FROM tickets WHERE state = 'open' AND +opened_at < $2
            UNION SELECT id FROM tickets WHERE state = 'resolved' AND updated_at >= $1 AND opened_at < $2))sql",
                                     from, to);
    use_tickets(*answer, use);
}

void SqlStore::each_ticket_opened(Instant from, Instant to, const std::function<void(const Ticket&)>& use) {
    const auto answer = engine_->ask(kCounted + "WHERE opened_at >= $1 AND opened_at < $2", from, to);
    use_tickets(*answer, use);
}

void SqlStore::each_mention_stored(Instant from, Instant to, const std::function<void(const CountedMention&)>& use) {
    const auto answer = engine_->ask(R"sql(
        SELECT platform, source, author_handle, author_name, author_followers, author_verified, stored_at, verdict
        FROM mentions WHERE stored_at >= $1 AND stored_at < $2 AND deleted = 0 AND own = 0 AND history = 0)sql",
                                     from, to);
    while (answer->next()) {
        Columns columns(*answer);
        CountedMention heard;
        heard.platform = columns.text();
        heard.source = columns.text();
        heard.author.handle = columns.text();
        heard.author.name = columns.text();
        heard.author.followers = columns.maybe_integer();
        heard.author.verified = columns.flag();
        heard.stored_at = columns.instant();
        const auto document = stored_json(columns.text());
        const auto verdict = document.root();
        heard.polarity = polarity_in(verdict);
        heard.brand = text(verdict["brand"]);
        heard.queue = text(verdict["queue"]);
        heard.rules = strings(verdict["rules"]);
        heard.tags = strings(verdict["tags"]);
        use(heard);
    }
}

Polarity SqlStore::polarity_of(std::string_view mention) {
    const auto answer = engine_->ask("SELECT verdict FROM mentions WHERE id = $1", mention);
    if (!answer->next()) return Polarity::neutral;
    const auto document = stored_json(answer->text(0));
    return polarity_in(document.root());
}

}  // namespace rasid

#include "storage/sql_store.hpp"

namespace rasid {
namespace {

const std::string kSelectEvent =
    "SELECT id, promise, ticket, customer, at, actor, kind, due_at, text FROM promise_events ";

std::vector<PromiseEvent> events_of_rows(const std::unique_ptr<Answer>& answer) {
    std::vector<PromiseEvent> events;
    while (answer->next()) {
        Columns columns(*answer);
        PromiseEvent event;
        event.id = columns.text();
        event.promise = columns.text();
        event.ticket = columns.text();
        event.customer = columns.text();
        event.at = columns.instant();
        event.actor = columns.text();
        const auto kind = parse_promise_event_kind(columns.text());
        if (!kind) throw StoreError("a stored value is damaged: what happened to promise " + event.promise);
        event.kind = *kind;
        event.due_at = columns.instant();
        event.text = columns.text();
        events.push_back(std::move(event));
    }
    return events;
}

}  // namespace

std::vector<PromiseEvent> SqlStore::promise_events(std::string_view customer) {
    return events_of_rows(
        engine_->ask(kSelectEvent + "WHERE customer = $1 AND customer <> '' ORDER BY sequence", customer));
}

std::vector<PromiseEvent> SqlStore::promise_events_of_ticket(std::string_view ticket) {
    return events_of_rows(engine_->ask(kSelectEvent + "WHERE ticket = $1 AND ticket <> '' ORDER BY sequence", ticket));
}

std::vector<PromiseEvent> SqlStore::promise_events_of(std::string_view promise) {
    return events_of_rows(engine_->ask(kSelectEvent + "WHERE promise = $1 ORDER BY sequence", promise));
}

void SqlStore::append_promise_events(const std::vector<PromiseEvent>& events) {
    transact([&] {
        for (const auto& event : events) {
            engine_->run(R"sql(
                INSERT INTO promise_events (id, sequence, promise, ticket, customer, at, actor, kind, due_at, text)
                VALUES ($1, (SELECT coalesce(max(sequence), 0) + 1 FROM promise_events), $2, $3, $4, $5, $6, $7, $8, $9)
                ON CONFLICT (id) DO NOTHING)sql",
                         event.id, event.promise, event.ticket, event.customer, event.at, event.actor,
                         to_string(event.kind), event.due_at, event.text);
        }
    });
}

}  // namespace rasid

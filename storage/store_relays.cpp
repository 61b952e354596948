#include "storage/sql_store.hpp"

#include <algorithm>

namespace rasid {

void SqlStore::store_relay_events(const TicketChange& change) {
    for (const auto& event : change.events) {
        engine_->run(R"sql(
            INSERT INTO relay_events (relay, event, ticket, sequence, at) SELECT name, $1, $2, $3, $4 FROM relays WHERE 1 = 1
            ON CONFLICT (relay, event) DO NOTHING)sql",
                     event.id, event.ticket, event.sequence, event.at);
    }
}

std::vector<RelayEvent> SqlStore::relay_events(std::string_view relay, int limit) {
    const auto answer = engine_->ask(
        "SELECT relay, event, ticket, at FROM relay_events WHERE relay = $1 ORDER BY at, ticket, sequence LIMIT $2",
        relay, limit);
    std::vector<RelayEvent> events;
    while (answer->next()) {
        Columns columns(*answer);
        auto name = columns.text();
        auto event = columns.text();
        auto ticket = columns.text();
        events.push_back({std::move(name), std::move(event), std::move(ticket), columns.instant()});
    }
    return events;
}

void SqlStore::put_relays(const std::vector<std::string>& names) {
    transact([&] {
        std::vector<std::string> gone;
        {
            const auto answer = engine_->ask("SELECT name FROM relays");
            while (answer->next()) gone.emplace_back(answer->text(0));
        }
        std::erase_if(gone, [&](const std::string& name) { return std::ranges::find(names, name) != names.end(); });
        for (const auto& name : gone) {
            engine_->run("DELETE FROM relay_events WHERE relay = $1", name);
            engine_->run("DELETE FROM relays WHERE name = $1", name);
        }
        for (const auto& name : names)
            engine_->run("INSERT INTO relays (name) VALUES ($1) ON CONFLICT (name) DO NOTHING", name);
    });
}

void SqlStore::forget_relay_events(const std::vector<RelayEvent>& events) {
    transact([&] {
        for (const auto& one : events)
            engine_->run("DELETE FROM relay_events WHERE relay = $1 AND event = $2", one.relay, one.event);
    });
}

std::int64_t SqlStore::unsent_to(std::string_view kind, std::string_view recipient) {
    const auto answer = engine_->ask(
        "SELECT count(*) FROM outbox WHERE state IN ('waiting', 'sending') AND kind = $1 AND recipient = $2", kind,
        recipient);
    return answer->next() ? answer->integer(0) : 0;
}

}  // namespace rasid

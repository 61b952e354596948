#include "storage/sql_store.hpp"
#include "storage/statement.hpp"
#include "storage/ticket_row.hpp"

namespace rasid {

std::vector<Workload> SqlStore::workloads() {
    const auto answer = engine_->ask(R"sql(
        SELECT people.id, coalesce(presence.present, 0), presence.since, presence.last_assigned_at,
            (SELECT count(*) FROM tickets WHERE assignee = people.id AND state = 'open')
        FROM people LEFT JOIN presence ON presence.person = people.id ORDER BY people.position)sql");
    std::vector<Workload> list;
    while (answer->next()) {
        Columns columns(*answer);
        Workload one;
        one.person = columns.text();
        one.present = columns.flag();
        one.said_at = columns.maybe_instant();
        one.last_assigned_at = columns.maybe_instant();
        one.open = columns.small();
        list.push_back(std::move(one));
    }
    return list;
}

std::vector<Ticket> SqlStore::tickets_to_give(const std::vector<std::string>& queues,
                                              const std::vector<std::string>& here, std::string_view after_id,
                                              int limit) {
    if (queues.empty()) return {};
    Statement statement;
    statement.sql = "SELECT" + ticket_columns() + "FROM tickets WHERE state = 'open' AND queue IN (";
    for (const auto& queue : queues) statement.sql += statement.bind(queue) + ",";
    statement.sql.back() = ')';
    if (!here.empty()) {
        statement.sql += " AND assignee NOT IN (";
        for (const auto& person : here) statement.sql += statement.bind(person) + ",";
        statement.sql.back() = ')';
    }
    statement.sql += " AND id > " + statement.bind(after_id);
    statement.sql += " ORDER BY id LIMIT " + statement.bind(limit);
    const auto answer = engine_->ask_with(statement.sql, statement.values);
    std::vector<Ticket> tickets;
    while (answer->next()) tickets.push_back(ticket_of(*answer));
    return tickets;
}

void SqlStore::put_presence(std::string_view person, bool present, Instant now) {
    transact([&] {
        engine_->run(R"sql(
            INSERT INTO presence (person, present, since) SELECT id, CAST($2 AS BIGINT), CAST($3 AS BIGINT) FROM people WHERE id = $1
            ON CONFLICT (person) DO UPDATE SET present = excluded.present, since = excluded.since)sql",
                     person, present, now);
    });
}

/// Somebody who was removed meanwhile has no turn to remember.
void SqlStore::remember_turn(std::string_view person, Instant at) {
    engine_->run(R"sql(
        INSERT INTO presence (person, present, last_assigned_at) SELECT id, 0, CAST($2 AS BIGINT) FROM people WHERE id = $1
        ON CONFLICT (person) DO UPDATE SET last_assigned_at = excluded.last_assigned_at)sql",
                 person, at);
}

}  // namespace rasid

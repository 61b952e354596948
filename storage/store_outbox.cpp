#include "storage/sql_store.hpp"
#include "storage/statement.hpp"

#include <algorithm>
#include <set>

namespace rasid {
namespace {

/// Word for word the condition of the index, or it is not used.
const std::string kMails =
    "kind IN ('escalation', 'update', 'digest', 'test', 'touch', 'survey', 'invitation', 'webhook')";
/// `destination_of` as SQL.
const std::string kDestination = "CASE WHEN kind = 'webhook' THEN 'webhook ' || recipient WHEN " + kMails +
                                 " THEN 'mail' ELSE 'source ' || recipient END";
const std::string kSelectItem = R"sql(
    SELECT id, kind, intent, recipient, ticket, event, payload, priority, created_at, not_before, state, attempts, last_error, finished_at
    FROM outbox )sql";

OutboxItem item_of(const Answer& answer) {
    Columns columns(answer);
    OutboxItem item;
    item.id = columns.text();
    item.kind = columns.text();
    item.key = columns.text();
    item.to = columns.text();
    item.ticket = columns.text();
    item.event = columns.text();
    item.payload = columns.text();
    item.priority = static_cast<Priority>(columns.small());
    item.created_at = columns.instant();
    item.not_before = columns.instant();
    item.state = parse_outbox_state(columns.text()).value_or(OutboxState::dead);
    item.attempts = columns.small();
    item.last_error = columns.text();
    item.finished_at = columns.maybe_instant();
    return item;
}

std::vector<OutboxItem> items_of(std::unique_ptr<Answer> answer) {
    std::vector<OutboxItem> items;
    while (answer->next()) items.push_back(item_of(*answer));
    return items;
}

/// First of one, first of the other, second of one…: old items are not starved by new ones, nor new ones by a backlog.
std::vector<OutboxItem> in_turn(std::vector<OutboxItem> oldest, std::vector<OutboxItem> newest, std::size_t limit) {
    std::vector<OutboxItem> items;
    std::set<std::string> seen;
    const auto take = [&](std::vector<OutboxItem>& list, std::size_t at) {
        if (at < list.size() && items.size() < limit && seen.insert(list[at].id).second)
            items.push_back(std::move(list[at]));
    };
    for (std::size_t at = 0; at < std::max(oldest.size(), newest.size()); ++at) {
        take(oldest, at);
        take(newest, at);
    }
    return items;
}

}  // namespace

std::vector<OutboxItem> SqlStore::outbox_due(Instant now, int limit, const BusyDestinations& busy) {
    const auto due = [&](std::string_view critical, const std::vector<std::string>& without, std::string_view order,
                         int most) {
        Statement statement;
        statement.sql = kSelectItem + "WHERE state IN ('waiting', 'sending') AND (state = 'sending' OR not_before <= " +
                        statement.bind(now) + ") AND priority ";
        statement.sql += critical;
        statement.sql += statement.bind(static_cast<int>(Priority::critical));
        if (!without.empty()) {
            statement.sql += " AND " + kDestination + " NOT IN (";
            for (const auto& destination : without) statement.sql += statement.bind(destination) + ",";
            statement.sql.back() = ')';
        }
        statement.sql += order;
        statement.sql += " LIMIT " + statement.bind(most);
        return items_of(engine_->ask_with(statement.sql, statement.values));
    };
    return on_one_state([&] {
        auto items = due("= ", busy.for_critical, " ORDER BY created_at, id", limit);
        const auto room = limit - static_cast<int>(items.size());
        if (room <= 0) return items;
        auto oldest = due("<> ", busy.for_others, " ORDER BY created_at, id", room);
        auto newest = due("<> ", busy.for_others, " ORDER BY created_at DESC, id DESC", room);
        for (auto& item : in_turn(std::move(oldest), std::move(newest), static_cast<std::size_t>(room))) {
            items.push_back(std::move(item));
        }
        return items;
    });
}

std::optional<Instant> SqlStore::next_outbox() {
    const auto answer =
        engine_->ask("SELECT not_before FROM outbox WHERE state = 'waiting' ORDER BY not_before LIMIT 1");
    if (!answer->next()) return std::nullopt;
    return from_micros(answer->integer(0));
}

UnsentItems SqlStore::unsent() {
    const auto answer =
        engine_->ask("SELECT count(*), min(created_at) FROM outbox WHERE state IN ('waiting', 'sending')");
    if (!answer->next()) return {};
    Columns columns(*answer);
    const auto count = columns.integer();
    return {count, columns.maybe_instant()};
}

std::optional<OutboxItem> SqlStore::outbox_item(std::string_view id) {
    const auto answer = engine_->ask(kSelectItem + "WHERE id = $1", id);
    if (!answer->next()) return std::nullopt;
    return item_of(*answer);
}

std::vector<OutboxItem> SqlStore::mails(std::string_view after, int limit) {
    if (after.empty()) {
        return items_of(
            engine_->ask(kSelectItem + "WHERE " + kMails + " ORDER BY created_at DESC, id DESC LIMIT $1", limit));
    }
    return items_of(engine_->ask(kSelectItem + "WHERE " + kMails + R"sql(
        AND (created_at, id) < (SELECT last.created_at, last.id FROM outbox AS last WHERE last.id = $1)
        ORDER BY created_at DESC, id DESC LIMIT $2)sql",
                                 after, limit));
}

std::vector<std::string> SqlStore::mail_thread(std::string_view to, std::string_view ticket) {
    const auto answer =
        engine_->ask("SELECT id FROM outbox WHERE ticket = $1 AND ticket <> '' AND recipient = $2 AND " + kMails +
                         " AND state IN ('waiting', 'sending', 'sent') ORDER BY created_at, id",
                     ticket, to);
    std::vector<std::string> ids;
    while (answer->next()) ids.emplace_back(answer->text(0));
    return ids;
}

void SqlStore::put_outbox(const OutboxItem& item) {
    transact([&] { store_outbox(item); });
}

void SqlStore::store_outbox(const OutboxItem& item) {
    engine_->run(R"sql(
        INSERT INTO outbox (id, kind, intent, recipient, ticket, event, payload, priority, created_at, not_before, state, attempts,
                            last_error, finished_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        ON CONFLICT (intent) DO NOTHING)sql",
                 item.id, item.kind, item.key, item.to, item.ticket, item.event, item.payload,
                 static_cast<int>(item.priority), item.created_at, item.not_before, to_string(item.state),
                 item.attempts, item.last_error, item.finished_at);
}

void SqlStore::update_outbox(const OutboxItem& item) {
    transact([&] {
        engine_->run(R"sql(
            UPDATE outbox SET state = $1, attempts = $2, not_before = $3, last_error = $4, finished_at = $5 WHERE id = $6)sql",
                     to_string(item.state), item.attempts, item.not_before, item.last_error, item.finished_at, item.id);
    });
}

std::vector<OutboxItem> SqlStore::escalations_due(Instant now, int tries, int limit) {
    return items_of(engine_->ask(kSelectItem + R"sql(
        WHERE state = 'waiting' AND kind = 'escalation' AND not_before <= $1 AND attempts < $2
        ORDER BY created_at, id LIMIT $3)sql",
                                 now, tries, limit));
}

void SqlStore::postpone_outbox(std::string_view destination, Instant until) {
    transact([&] {
        engine_->run("UPDATE outbox SET not_before = $1 WHERE state = 'waiting' AND not_before < $1 AND " +
                         kDestination + " = $2",
                     until, destination);
    });
}

bool SqlStore::ack_token_used(std::string_view token_hash) {
    return engine_->ask("SELECT 1 FROM ack_tokens WHERE token_hash = $1", token_hash)->next();
}

bool SqlStore::use_ack_token(std::string_view token_hash, std::string_view person, Instant now) {
    bool first = false;
    transact([&] {
        first = engine_
                    ->ask(R"sql(
            INSERT INTO ack_tokens (token_hash, person, used_at) VALUES ($1, $2, $3)
            ON CONFLICT (token_hash) DO NOTHING RETURNING token_hash)sql",
                          token_hash, person, now)
                    ->next();
    });
    return first;
}

}  // namespace rasid

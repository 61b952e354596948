#include "storage/sql_store.hpp"

namespace rasid {
namespace {

SourceRecord record_of(const Answer& answer) {
    Columns columns(answer);
    SourceRecord record;
    record.name = columns.text();
    record.kind = columns.text();
    record.cursor = columns.text();
    record.since = columns.instant();
    record.last_success_at = columns.maybe_instant();
    record.last_mention_at = columns.maybe_instant();
    record.next_poll_at = columns.maybe_instant();
    record.failures = columns.small();
    record.state = columns.text();
    record.last_error = columns.text();
    record.mentions = columns.integer();
    record.silent = columns.flag();
    record.paused = columns.flag();
    if (const auto lag = columns.maybe_integer()) record.lag = Duration(*lag);
    record.last_warning = columns.text();
    record.last_warning_at = columns.maybe_instant();
    return record;
}

}  // namespace

std::optional<SourceRecord> SqlStore::source(std::string_view name) {
    const auto answer = engine_->ask(R"sql(
        SELECT name, kind, cursor, since, last_success_at, last_mention_at, next_poll_at, failures, state, last_error, mentions, silent,
               paused, lag, last_warning, last_warning_at
        FROM sources WHERE name = $1)sql",
                                     name);
    if (!answer->next()) return std::nullopt;
    return record_of(*answer);
}

std::vector<SourceRecord> SqlStore::sources() {
    const auto answer = engine_->ask(R"sql(
        SELECT name, kind, cursor, since, last_success_at, last_mention_at, next_poll_at, failures, state, last_error, mentions, silent,
               paused, lag, last_warning, last_warning_at
        FROM sources ORDER BY name)sql");
    std::vector<SourceRecord> records;
    while (answer->next()) records.push_back(record_of(*answer));
    return records;
}

void SqlStore::put_source(const SourceRecord& record) {
    std::optional<std::int64_t> lag;
    if (record.lag) lag = record.lag->count();
    transact([&] {
        engine_->run(R"sql(
            INSERT INTO sources (name, kind, cursor, since, last_success_at, last_mention_at, next_poll_at, failures, state, last_error,
                                 mentions, silent, lag, last_warning, last_warning_at)
            VALUES ($1, $2, '', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, since = excluded.since, last_success_at = excluded.last_success_at,
                last_mention_at = excluded.last_mention_at, next_poll_at = excluded.next_poll_at, failures = excluded.failures,
                state = excluded.state, last_error = excluded.last_error, mentions = excluded.mentions, silent = excluded.silent,
                lag = excluded.lag, last_warning = excluded.last_warning, last_warning_at = excluded.last_warning_at)sql",
                     record.name, record.kind, record.since, record.last_success_at, record.last_mention_at,
                     record.next_poll_at, record.failures, record.state, record.last_error, record.mentions,
                     record.silent, lag, record.last_warning, record.last_warning_at);
    });
}

bool SqlStore::pause_source(std::string_view name, bool paused) {
    bool known = false;
    transact([&] { known = engine_->run("UPDATE sources SET paused = $1 WHERE name = $2", paused, name) > 0; });
    return known;
}

void SqlStore::put_cursor(std::string_view source, std::string_view cursor) {
    transact([&] {
        engine_->run(R"sql(
            INSERT INTO sources (name, kind, cursor, since, failures, state, last_error, mentions, silent)
            VALUES ($1, '', $2, 0, 0, 'waiting', '', 0, 0)
            ON CONFLICT (name) DO UPDATE SET cursor = excluded.cursor)sql",
                     source, cursor);
    });
}

bool SqlStore::muted(std::string_view platform, std::string_view handle) {
    return engine_
        ->ask("SELECT 1 FROM muted_authors WHERE platform = $1 AND handle = $2", platform, fold_handle(handle))
        ->next();
}

std::vector<MutedAuthor> SqlStore::muted_authors() {
    const auto answer = engine_->ask("SELECT platform, handle FROM muted_authors ORDER BY platform, handle");
    std::vector<MutedAuthor> authors;
    while (answer->next()) {
        Columns columns(*answer);
        authors.push_back({columns.text(), columns.text()});
    }
    return authors;
}

void SqlStore::mute(std::string_view platform, std::string_view handle, bool muted) {
    transact([&] {
        if (muted) {
            engine_->run("INSERT INTO muted_authors (platform, handle) VALUES ($1, $2) ON CONFLICT (platform, handle) "
                         "DO NOTHING",
                         platform, fold_handle(handle));
        } else {
            engine_->run("DELETE FROM muted_authors WHERE platform = $1 AND handle = $2", platform,
                         fold_handle(handle));
        }
    });
}

}  // namespace rasid

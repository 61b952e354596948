#include "storage/column_json.hpp"
#include "storage/sql_store.hpp"
#include "storage/statement.hpp"
#include "storage/ticket_row.hpp"

namespace rasid {
namespace {

const std::string kSelectRise = R"sql(
    SELECT ticket, brand, series_kind, series_name, kind, began_at, found_at, ended_at, expected, found_with, peak, members, reason
    FROM incidents )sql";

Series series_of(Columns& columns) {
    auto brand = columns.text();
    const auto kind = columns.text();
    auto series = parse_series(kind + ":" + columns.text());
    if (!series) throw StoreError("a watched series is damaged: restore a backup");
    series->brand = std::move(brand);
    return *series;
}

std::vector<IncidentRise> rises_in(const std::unique_ptr<Answer>& answer) {
    std::vector<IncidentRise> rises;
    while (answer->next()) {
        Columns columns(*answer);
        IncidentRise rise;
        rise.ticket = columns.text();
        rise.series = series_of(columns);
        auto& incident = rise.incident;
        incident.kind = parse_incident_kind(columns.text()).value_or(Incident::Kind::volume);
        incident.began_at = columns.instant();
        incident.found_at = columns.instant();
        incident.ended_at = columns.maybe_instant();
        incident.expected = columns.maybe_real().value_or(0);
        incident.found_with = columns.small();
        incident.peak = columns.small();
        incident.members = columns.small();
        incident.reason = reason_from_column(columns.text());
        rises.push_back(std::move(rise));
    }
    return rises;
}

std::vector<SeriesHour> hours_in(const std::unique_ptr<Answer>& answer) {
    std::vector<SeriesHour> hours;
    while (answer->next()) {
        Columns columns(*answer);
        SeriesHour hour;
        hour.series = series_of(columns);
        hour.hour = columns.instant();
        hour.count.total = columns.small();
        hour.count.negative = columns.small();
        hours.push_back(std::move(hour));
    }
    return hours;
}

}  // namespace

std::vector<Ticket> SqlStore::tickets_of_incident(std::string_view incident, std::string_view after_id, int limit) {
    const auto answer = engine_->ask("SELECT" + ticket_columns() + R"sql(
        FROM tickets WHERE incident = $1 AND incident <> '' AND id <> $1 AND (opened_at, id) >
            (coalesce((SELECT last.opened_at FROM tickets AS last WHERE last.id = $2), $3), $2)
        ORDER BY opened_at, id LIMIT $4)sql",
                                     incident, after_id, std::int64_t{-1}, limit);
    std::vector<Ticket> tickets;
    while (answer->next()) tickets.push_back(ticket_of(*answer));
    return tickets;
}

std::int64_t SqlStore::incident_size(std::string_view incident) {
    const auto answer =
        engine_->ask("SELECT count(*) FROM tickets WHERE incident = $1 AND incident <> '' AND id <> $1", incident);
    return answer->next() ? answer->integer(0) : 0;
}

std::vector<IncidentRise> SqlStore::rises_of(std::string_view incident) {
    return rises_in(
        engine_->ask(kSelectRise + "WHERE ticket = $1 ORDER BY found_at, series_kind, series_name", incident));
}

std::vector<IncidentRise> SqlStore::rises_since(Instant ended) {
    return rises_in(
        engine_->ask(kSelectRise + "WHERE ended_at IS NULL OR ended_at >= $1 ORDER BY found_at, ticket", ended));
}

std::vector<std::string> SqlStore::incidents(const std::vector<std::string>& brands, bool only_running,
                                             std::string_view after, int limit) {
    Statement statement;
    statement.sql = "SELECT ticket, min(found_at) FROM incidents WHERE true";
    statement.only_brands(brands);
    statement.sql += " GROUP BY ticket HAVING true";
    if (only_running) statement.sql += " AND count(*) > count(ended_at)";
    if (!after.empty()) {
        const auto last = statement.bind(after);
        statement.sql +=
            " AND (min(found_at), ticket) < ((SELECT min(found_at) FROM incidents AS last WHERE last.ticket = " + last +
            "), " + last + ")";
    }
    statement.sql += " ORDER BY min(found_at) DESC, ticket DESC LIMIT " + statement.bind(limit);
    std::vector<std::string> tickets;
    const auto answer = engine_->ask_with(statement.sql, statement.values);
    while (answer->next()) tickets.emplace_back(answer->text(0));
    return tickets;
}

std::vector<SeriesHour> SqlStore::series_hours(Instant since) {
    return hours_in(engine_->ask(R"sql(
        SELECT brand, kind, name, hour, total, negative FROM (
            SELECT id, brand, kind, name, CASE WHEN since < $1 THEN $1 ELSE since END AS hour, 0 AS total, 0 AS negative
            FROM watched_series
            UNION ALL
            SELECT id, brand, kind, name, hour, total, negative
            FROM series_hours JOIN watched_series ON watched_series.id = series_hours.series WHERE hour >= $1) AS known
        ORDER BY id, hour, total)sql",
                                 since));
}

std::vector<SeriesHour> SqlStore::hours_of(const Series& series, Instant from, Instant to) {
    return hours_in(engine_->ask(R"sql(
        SELECT brand, kind, name, hour, total, negative
        FROM series_hours JOIN watched_series ON watched_series.id = series_hours.series
        WHERE brand = $1 AND kind = $2 AND name = $3 AND hour >= $4 AND hour < $5 ORDER BY hour)sql",
                                 series.brand, to_string(series.kind), series.name, from, to));
}

std::map<std::string, std::int64_t> SqlStore::rule_hits(Instant since, const std::vector<std::string>& brands) {
    Statement statement{.sql = "SELECT name, sum(total) FROM series_hours "
                               "JOIN watched_series ON watched_series.id = series_hours.series WHERE hour >= "};
    statement.sql += statement.bind(since) + " AND kind = ";
    statement.sql += statement.bind(to_string(Series::Kind::rule));
    statement.only_brands(brands);
    const auto answer = engine_->ask_with(statement.sql + " GROUP BY name", statement.values);
    std::map<std::string, std::int64_t> hits;
    while (answer->next()) hits[std::string(answer->text(0))] = answer->integer(1);
    return hits;
}

std::int64_t SqlStore::id_of(const Series& series, Instant since) {
    {
        const auto answer = engine_->ask("SELECT id FROM watched_series WHERE brand = $1 AND kind = $2 AND name = $3",
                                         series.brand, to_string(series.kind), series.name);
        if (answer->next()) return answer->integer(0);
    }
    const auto id = next_number("series");
    engine_->run("INSERT INTO watched_series (id, brand, kind, name, since) VALUES ($1, $2, $3, $4, $5)", id,
                 series.brand, to_string(series.kind), series.name, since);
    return id;
}

void SqlStore::add_hour(const SeriesHour& hour) {
    engine_->run(R"sql(
        INSERT INTO series_hours (series, hour, total, negative) VALUES ($1, $2, $3, $4)
        ON CONFLICT (series, hour) DO UPDATE SET total = series_hours.total + excluded.total,
            negative = series_hours.negative + excluded.negative)sql",
                 id_of(hour.series, hour.hour), hour.hour, hour.count.total, hour.count.negative);
}

void SqlStore::put_rises(const std::vector<IncidentRise>& rises) {
    if (rises.empty()) return;
    transact([&] {
        for (const auto& [ticket, series, incident] : rises) {
            engine_->run(R"sql(
                INSERT INTO incidents (ticket, brand, series_kind, series_name, kind, began_at, found_at, ended_at, expected, found_with,
                                       peak, members, reason)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
                ON CONFLICT (ticket, brand, series_kind, series_name) DO UPDATE SET kind = excluded.kind,
                    began_at = excluded.began_at, found_at = excluded.found_at, ended_at = excluded.ended_at,
                    expected = excluded.expected, found_with = excluded.found_with, peak = excluded.peak,
                    members = excluded.members, reason = excluded.reason)sql",
                         ticket, series.brand, to_string(series.kind), series.name, to_string(incident.kind),
                         incident.began_at, incident.found_at, incident.ended_at, incident.expected,
                         incident.found_with, incident.peak, incident.members, reason_to_column(incident.reason));
        }
    });
}

void SqlStore::restart_series(const Series& series, Instant hour) {
    transact([&] {
        const auto id = id_of(series, hour);
        engine_->run("UPDATE watched_series SET since = $1 WHERE id = $2", hour, id);
        engine_->run("DELETE FROM series_hours WHERE series = $1 AND hour < $2", id, hour);
    });
}

void SqlStore::forget_incidents(Instant hours_before, Instant found_before) {
    transact([&] {
        engine_->run("DELETE FROM series_hours WHERE hour < $1", hours_before);
        engine_->run(R"sql(
            DELETE FROM watched_series WHERE since < $1
            AND NOT EXISTS (SELECT 1 FROM series_hours WHERE series_hours.series = watched_series.id))sql",
                     hours_before);
        static const std::string kOver = R"sql(
            FROM tickets WHERE state = 'resolved' AND incident = id AND opened_at < $1
            AND NOT EXISTS (SELECT 1 FROM tickets AS member WHERE member.incident = tickets.id AND member.id <> tickets.id))sql";
        engine_->run(
            "DELETE FROM outbox WHERE ticket <> '' AND state NOT IN ('waiting', 'sending') AND ticket IN (SELECT id" +
                kOver + ")",
            found_before);
        engine_->run("DELETE " + kOver, found_before);
    });
}

}  // namespace rasid

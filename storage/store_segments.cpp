#include "storage/sql_store.hpp"

namespace rasid {

std::vector<StoredSegment> SqlStore::segments() {
    const auto answer = engine_->ask("SELECT name, predicate FROM segments ORDER BY name");
    std::vector<StoredSegment> list;
    while (answer->next()) list.push_back({std::string(answer->text(0)), std::string(answer->text(1))});
    return list;
}

void SqlStore::put_segment(const StoredSegment& segment) {
    transact([&] {
        engine_->run(R"sql(
            INSERT INTO segments (name, predicate) VALUES ($1, $2)
            ON CONFLICT (name) DO UPDATE SET predicate = excluded.predicate)sql",
                     segment.name, segment.predicate);
    });
}

void SqlStore::remove_segment(std::string_view name) {
    transact([&] { engine_->run("DELETE FROM segments WHERE name = $1", name); });
}

std::vector<Pilot> SqlStore::pilots() {
    const auto answer =
        engine_->ask("SELECT name, segment, plan, share, first_day, last_day FROM pilots ORDER BY name");
    std::vector<Pilot> list;
    while (answer->next()) {
        Columns columns(*answer);
        Pilot pilot;
        pilot.name = columns.text();
        pilot.segment = columns.text();
        pilot.plan = columns.text();
        pilot.share = columns.maybe_real().value_or(0);
        pilot.from = parse_date(columns.text()).value_or(Date{});
        pilot.until = parse_date(columns.text());
        list.push_back(std::move(pilot));
    }
    return list;
}

void SqlStore::put_pilot(const Pilot& pilot) {
    transact([&] {
        engine_->run(R"sql(
            INSERT INTO pilots (name, segment, plan, share, first_day, last_day) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (name) DO UPDATE SET segment = excluded.segment, plan = excluded.plan, share = excluded.share,
                first_day = excluded.first_day, last_day = excluded.last_day)sql",
                     pilot.name, pilot.segment, pilot.plan, pilot.share, to_string(pilot.from),
                     pilot.until ? to_string(*pilot.until) : "");
    });
}

void SqlStore::remove_pilot(std::string_view name) {
    transact([&] { engine_->run("DELETE FROM pilots WHERE name = $1", name); });
}

}  // namespace rasid

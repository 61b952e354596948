#include "storage/column_json.hpp"
#include "storage/sql_store.hpp"

namespace rasid {

std::vector<BadExperience> SqlStore::cases(std::string_view customer) {
    const auto answer = engine_->ask(R"sql(
        SELECT id, customer, ticket, about, opened_at, last_at, posts, resolved_at
        FROM cases WHERE customer = $1 ORDER BY opened_at, id)sql",
                                     customer);
    std::vector<BadExperience> list;
    while (answer->next()) {
        Columns columns(*answer);
        BadExperience bad_experience;
        bad_experience.id = columns.text();
        bad_experience.customer = columns.text();
        bad_experience.ticket = columns.text();
        bad_experience.about = strings_from_json(columns.text());
        bad_experience.opened_at = columns.instant();
        bad_experience.last_at = columns.instant();
        bad_experience.posts = columns.small();
        bad_experience.resolved_at = columns.maybe_instant();
        list.push_back(std::move(bad_experience));
    }
    return list;
}

std::vector<CaseEvent> SqlStore::case_events(std::string_view customer) {
    const auto answer = engine_->ask(R"sql(
        SELECT id, customer, bad_experience, at, actor, kind, ticket, mention, about
        FROM case_events WHERE customer = $1 ORDER BY sequence)sql",
                                     customer);
    std::vector<CaseEvent> events;
    while (answer->next()) {
        Columns columns(*answer);
        CaseEvent event;
        event.id = columns.text();
        event.customer = columns.text();
        event.bad_experience = columns.text();
        event.at = columns.instant();
        event.actor = columns.text();
        const auto kind = parse_case_event_kind(columns.text());
        if (!kind) throw StoreError("a stored value is damaged: what happened to case " + event.bad_experience);
        event.kind = *kind;
        event.ticket = columns.text();
        event.mention = columns.text();
        event.about = strings_from_json(columns.text());
        events.push_back(std::move(event));
    }
    return events;
}

void SqlStore::store_case(const BadExperience& bad_experience) {
    engine_->run(R"sql(
        INSERT INTO cases (id, customer, ticket, about, opened_at, last_at, posts, resolved_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (id) DO UPDATE SET ticket = excluded.ticket, about = excluded.about, opened_at = excluded.opened_at,
            last_at = excluded.last_at, posts = excluded.posts, resolved_at = excluded.resolved_at)sql",
                 bad_experience.id, bad_experience.customer, bad_experience.ticket,
                 strings_to_json(bad_experience.about), bad_experience.opened_at, bad_experience.last_at,
                 bad_experience.posts, bad_experience.resolved_at);
}

void SqlStore::append_case_event(const CaseEvent& event) {
    engine_->run(R"sql(
        INSERT INTO case_events (id, customer, sequence, bad_experience, at, actor, kind, ticket, mention, about)
        VALUES ($1, $2, (SELECT coalesce(max(sequence), 0) + 1 FROM case_events), $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (id) DO NOTHING)sql",
                 event.id, event.customer, event.bad_experience, event.at, event.actor, to_string(event.kind),
                 event.ticket, event.mention, strings_to_json(event.about));
}

}  // namespace rasid

#include "core/setup_people.hpp"
#include "storage/column_json.hpp"
#include "storage/sql_store.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace rasid {
namespace {

const std::string kSelectPerson = "SELECT id, name, email, role, language, brands, languages, skills, capacity, quiet, "
                                  "time_zone, second, updates, digest FROM people ";

Person person_of(const Answer& answer) {
    Columns columns(answer);
    Person person;
    person.id = columns.text();
    person.name = columns.text();
    person.email = columns.text();
    person.role = parse_role(columns.text()).value_or(Role::moderator);
    person.language = columns.text();
    person.brands = strings_from_json(columns.text());
    person.languages = strings_from_json(columns.text());
    person.skills = strings_from_json(columns.text());
    person.capacity = columns.small();
    person.quiet = parse_quiet_hours(columns.text());
    person.time_zone = columns.text();
    person.second = columns.text();
    person.updates = columns.flag();
    person.digest = columns.flag();
    return person;
}

}  // namespace

std::vector<Person> SqlStore::people() {
    const auto answer = engine_->ask(kSelectPerson + "ORDER BY position");
    std::vector<Person> list;
    while (answer->next()) list.push_back(person_of(*answer));
    return list;
}

std::optional<Person> SqlStore::person(std::string_view id) {
    const auto answer = engine_->ask(kSelectPerson + "WHERE id = $1", id);
    if (!answer->next()) return std::nullopt;
    return person_of(*answer);
}

std::optional<Person> SqlStore::person_by_email(std::string_view email) {
    const auto answer = engine_->ask(
        kSelectPerson + "WHERE email_folded = $1 AND email_folded <> '' ORDER BY position LIMIT 1", fold_handle(email));
    if (!answer->next()) return std::nullopt;
    return person_of(*answer);
}

void SqlStore::store_people(const std::vector<Person>& people) {
    std::map<std::string, std::string> id_of_name;
    std::set<std::string> left;  // ids that nobody has taken over yet
    for (const auto& stored : this->people()) {
        id_of_name[stored.name] = stored.id;
        left.insert(stored.id);
    }
    // The id of the name first; a person who comes with a stored id under a new name was renamed.
    std::vector<std::string> ids;
    for (const auto& person : people) {
        const auto known = id_of_name.find(person.name);
        ids.push_back(known == id_of_name.end() ? "" : known->second);
        left.erase(ids.back());
    }
    for (std::size_t i = 0; i < people.size(); ++i) {
        if (!ids[i].empty()) continue;
        const auto& given = people[i].id;
        const bool taken = std::find(ids.begin(), ids.end(), given) != ids.end();
        ids[i] = given.empty() || taken ? "person-" + std::to_string(next_number("person")) : given;
        left.erase(ids[i]);
    }
    for (const auto& gone : left) engine_->run("DELETE FROM people WHERE id = $1", gone);
    for (std::size_t i = 0; i < people.size(); ++i) {
        const auto& person = people[i];
        engine_->run(R"sql(
            INSERT INTO people (id, name, position, email, email_folded, role, language, brands, languages, skills, capacity,
                quiet, time_zone, second, updates, digest)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, position = excluded.position, email = excluded.email,
                email_folded = excluded.email_folded, role = excluded.role, language = excluded.language, brands = excluded.brands,
                languages = excluded.languages, skills = excluded.skills, capacity = excluded.capacity,
                quiet = excluded.quiet, time_zone = excluded.time_zone, second = excluded.second, updates = excluded.updates, digest = excluded.digest)sql",
                     ids[i], person.name, static_cast<std::int64_t>(i), person.email, fold_handle(person.email),
                     to_string(person.role), person.language, strings_to_json(person.brands),
                     strings_to_json(person.languages), strings_to_json(person.skills), person.capacity,
                     person.quiet ? quiet_hours_text(*person.quiet) : std::string(), person.time_zone, person.second,
                     person.updates, person.digest);
    }
}

std::optional<std::string> SqlStore::password_hash(std::string_view person) {
    const auto answer = engine_->ask("SELECT hash FROM credentials WHERE person = $1", person);
    if (!answer->next()) return std::nullopt;
    return std::string(answer->text(0));
}

bool SqlStore::any_password() { return engine_->ask("SELECT 1 FROM credentials LIMIT 1")->next(); }

void SqlStore::put_password(std::string_view person, std::string_view hash) {
    transact([&] {
        engine_->run(R"sql(
            INSERT INTO credentials (person, hash) VALUES ($1, $2) ON CONFLICT (person) DO UPDATE SET hash = excluded.hash)sql",
                     person, hash);
    });
}

void SqlStore::put_person_language(std::string_view person, std::string_view language) {
    transact([&] { engine_->run("UPDATE people SET language = $1 WHERE id = $2", language, person); });
}

void SqlStore::put_person_preferences(const Person& person) {
    transact([&] {
        engine_->run("UPDATE people SET quiet = $1, time_zone = $2, updates = $3, digest = $4 WHERE id = $5",
                     person.quiet ? quiet_hours_text(*person.quiet) : std::string(), person.time_zone, person.updates,
                     person.digest, person.id);
    });
}

std::optional<Session> SqlStore::session(std::string_view token_hash) {
    const auto answer = engine_->ask(
        "SELECT token_hash, person, csrf, created_at, seen_at FROM sessions WHERE token_hash = $1", token_hash);
    if (!answer->next()) return std::nullopt;
    Columns columns(*answer);
    Session session;
    session.token_hash = columns.text();
    session.person = columns.text();
    session.csrf = columns.text();
    session.created_at = columns.instant();
    session.seen_at = columns.instant();
    return session;
}

void SqlStore::put_session(const Session& session) {
    transact([&] {
        engine_->run(R"sql(
            INSERT INTO sessions (token_hash, person, csrf, created_at, seen_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (token_hash) DO UPDATE SET person = excluded.person, csrf = excluded.csrf, created_at = excluded.created_at,
                seen_at = excluded.seen_at)sql",
                     session.token_hash, session.person, session.csrf, session.created_at, session.seen_at);
    });
}

void SqlStore::end_session(std::string_view token_hash) {
    transact([&] { engine_->run("DELETE FROM sessions WHERE token_hash = $1", token_hash); });
}

void SqlStore::end_sessions_before(Instant idle_since, Instant created_before) {
    transact([&] {
        engine_->run("DELETE FROM sessions WHERE seen_at < $1 OR created_at < $2", idle_since, created_before);
    });
}

}  // namespace rasid

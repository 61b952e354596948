#include "core/limits.hpp"
#include "core/setup_parts.hpp"
#include "core/setup_toml.hpp"
#include "storage/sql_store.hpp"

namespace rasid {
namespace {

/// One item, or one table, as TOML of its own; empty when the setup has none of that name.
std::string print_item(const Setup& setup, std::string_view word, std::string_view name) {
    Setup only;
    for_each_kind([&](auto kind) {
        if (kind.word != word) return;
        if (const auto* item = find_named(setup.*kind.items, name)) (only.*kind.items).push_back(*item);
    });
    for_each_table([&](auto table) {
        if (table.word == word) only.*table.settings = setup.*table.settings;
    });
    return only == Setup() ? std::string() : print_setup(only);
}

SetupVersion version_of(const Answer& answer) {
    Columns columns(answer);
    SetupVersion version;
    version.number = columns.integer();
    version.author.at = columns.instant();
    version.author.person = columns.text();
    version.author.way = columns.text();
    version.author.restores = columns.integer();
    version.kind = columns.text();
    version.name = columns.text();
    version.change = columns.text();
    version.before = columns.text();
    version.after = columns.text();
    return version;
}

}  // namespace

void SqlStore::put_setup(const Setup& setup, const SetupAuthor& author) {
    transact([&] {
        const auto before = this->setup();
        put_setup(setup);
        for (const auto& change : difference(before, setup)) {
            engine_->run(R"sql(
                INSERT INTO setup_history (number, at, person, way, restores, kind, name, change, before_body, after_body)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))sql",
                         next_number("setup_version"), author.at, author.person, author.way, author.restores,
                         change.kind, change.name, change.change, print_item(before, change.kind, change.name),
                         print_item(setup, change.kind, change.name));
            engine_->run(R"sql(
                DELETE FROM setup_history WHERE kind = $1 AND name = $2 AND number NOT IN (
                    SELECT number FROM setup_history WHERE kind = $1 AND name = $2 ORDER BY number DESC LIMIT $3))sql",
                         change.kind, change.name, limits::kSetupVersions);
        }
        engine_->run("DELETE FROM setup_history WHERE at < $1", author.at - limits::kSetupHistory);
    });
}

std::vector<SetupVersion> SqlStore::setup_history(std::string_view kind, std::string_view name, int limit) {
    const auto answer = engine_->ask(R"sql(
        SELECT number, at, person, way, restores, kind, name, change, before_body, after_body
        FROM setup_history WHERE kind = $1 AND name = $2 ORDER BY number DESC LIMIT $3)sql",
                                     kind, name, limit);
    std::vector<SetupVersion> found;
    while (answer->next()) found.push_back(version_of(*answer));
    return found;
}

}  // namespace rasid

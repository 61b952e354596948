#include "core/setup_parts.hpp"
#include "core/setup_toml.hpp"
#include "storage/column_json.hpp"
#include "storage/sql_store.hpp"

#include <type_traits>

namespace rasid {
namespace {

/// People are rows of their own, accounts hang on them; all else is kept as TOML.
template <typename Kind>
constexpr bool is_kept_as_toml(Kind) {
    return !std::is_same_v<typename Kind::Item, Person>;
}

Setup parse_items(const std::string& toml) {
    auto parsed = parse_setup(toml, "stored setup");
    if (!parsed.errors.empty())
        throw StoreError("the stored setup cannot be read: " + to_string(parsed.errors.front()));
    for_each_kind([&](auto kind) {
        for (auto& item : parsed.setup.*kind.items) item.origin = {};
    });
    for (auto& ladder : parsed.setup.ladders) {
        for (auto& step : ladder.steps) step.origin = {};
    }
    for (auto& rule : parsed.setup.rules) rule.query_origin = {};
    parsed.setup.table_origins = {};
    return std::move(parsed.setup);
}

}  // namespace

Setup SqlStore::setup() {
    return on_one_state([&] {
        std::string toml;
        {
            const auto answer = engine_->ask("SELECT body FROM setup_items ORDER BY kind, position");
            while (answer->next()) {
                toml += answer->text(0);
                toml += '\n';
            }
        }
        auto stored = parse_items(toml);
        stored.people = people();
        return stored;
    });
}

void SqlStore::put_setup(const Setup& setup) {
    transact([&] {
        engine_->run("DELETE FROM setup_items");
        for_each_kind([&](auto kind) {
            if (!is_kept_as_toml(kind)) return;
            std::size_t position = 0;
            for (const auto& item : setup.*kind.items) {
                Setup only;
                (only.*kind.items).push_back(item);
                store_items(kind.word, position++, item.name, only);
            }
        });
        for_each_table([&](auto table) {
            if (setup.*table.settings == typename decltype(table)::Settings()) return;
            Setup only;
            only.*table.settings = setup.*table.settings;
            store_items(table.word, 0, "", only);
        });
        store_people(setup.people);
        // What cannot be read back must not be kept: it would stop the next start.
        Setup expected = setup;
        auto stored = this->setup();
        expected.people.clear();
        stored.people.clear();
        if (stored != expected) throw StoreError("this setup does not survive printing: nothing was changed");
    });
}

void SqlStore::store_items(std::string_view kind, std::size_t position, std::string_view name, const Setup& only) {
    engine_->run("INSERT INTO setup_items (kind, name, position, body) VALUES ($1, $2, $3, $4)", kind, name,
                 static_cast<std::int64_t>(position), print_setup(only));
}

}  // namespace rasid

#include "storage/column_json.hpp"
#include "storage/sql_store.hpp"

namespace rasid {
namespace {

std::string filter_to_json(const TicketFilter& filter) {
    JsonWriter writer;
    writer.object([&] {
        for (const auto& [name, word] : words_of(filter)) writer.member(name, word);
    });
    return std::move(writer).take();
}

/// A word that an earlier version knew and this one does not limits nothing.
TicketFilter filter_from_json(std::string_view json) {
    const auto document = stored_json(json);
    TicketFilter filter;
    FilterWords words;
    for (const auto& [name, word] : document.root().members()) {
        words.emplace(name, word.text_or(""));
        if (auto read = filter_of(words))
            filter = std::move(*read);
        else
            words.erase(std::string(name));
    }
    return filter;
}

}  // namespace

std::vector<SavedView> SqlStore::views(std::string_view person) {
    const auto answer = engine_->ask(R"sql(
        SELECT owner, name, made_by, filter FROM views WHERE owner = $1 OR owner = '' ORDER BY owner DESC, name)sql",
                                     person);
    std::vector<SavedView> list;
    while (answer->next()) {
        Columns columns(*answer);
        SavedView view;
        view.owner = columns.text();
        view.name = columns.text();
        view.made_by = columns.text();
        view.filter = filter_from_json(columns.text());
        list.push_back(std::move(view));
    }
    return list;
}

void SqlStore::put_view(const SavedView& view) {
    transact([&] {
        engine_->run(R"sql(
            INSERT INTO views (owner, name, made_by, filter) VALUES ($1, $2, $3, $4)
            ON CONFLICT (owner, name) DO UPDATE SET made_by = excluded.made_by, filter = excluded.filter)sql",
                     view.owner, view.name, view.made_by, filter_to_json(view.filter));
    });
}

void SqlStore::remove_view(std::string_view owner, std::string_view name) {
    transact([&] { engine_->run("DELETE FROM views WHERE owner = $1 AND name = $2", owner, name); });
}

}  // namespace rasid

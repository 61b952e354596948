// What the search index is told: rows of `search_queue` are written with the change that makes them necessary, and what
// leaves the store leaves the index with it.

#include "storage/search_fields.hpp"
#include "storage/search_place.hpp"
#include "storage/sql_store.hpp"

#include <algorithm>

namespace rasid {
namespace {

/// `is_written` as a condition.
constexpr std::string_view kWritten =
    " text <> '' AND mention = '' AND kind IN ('noted', 'replied', 'answered_elsewhere', 'call_held')";

void append(std::string& list, const std::string& words) {
    if (words.empty()) return;
    if (!list.empty()) list += ' ';
    list += words;
}

IndexedText indexed(const FoundText& text, const FoldSearchText& fold) {
    IndexedText made;
    const auto add = [&](std::string_view said) {
        const auto folded = fold(said);
        append(made.words, folded.words);
        append(made.readings, folded.readings);
    };
    if (text.mention) {
        const auto& mention = text.mention->mention;
        add(mention.title);
        add(mention.text);
        append(made.author, fold(mention.author.handle).words);
        append(made.author, fold(mention.author.name).words);
    } else {
        add(text.event->text);
    }
    made.fields = field_words(text);
    return made;
}

}  // namespace

int SqlStore::index_search(const FoldSearchText& fold, int limit) {
    int done = 0;
    transact([&] {
        struct Waiting {
            std::string kind;
            std::string item;
            std::optional<FoundText> text = {};
            std::int64_t place = 0;
        };
        std::vector<Waiting> waiting;
        {
            // Ids begin with the time they were made.
            const auto answer = engine_->ask("SELECT kind, item FROM search_queue ORDER BY item DESC LIMIT $1", limit);
            while (answer->next()) waiting.push_back({std::string(answer->text(0)), std::string(answer->text(1))});
        }
        done = static_cast<int>(waiting.size());
        std::vector<std::int64_t> before;
        for (auto& one : waiting) {
            const auto stands = engine_->ask("SELECT place FROM search_documents WHERE item = $1", one.item);
            if (stands->next()) before.push_back(stands->integer(0));
            one.text = found_text(one.kind, one.item);
        }
        // An engine may have to begin anew whenever a place is lower than the one before it.
        std::ranges::sort(before);
        for (const auto place : before) {
            engine_->search_index().remove(place);
            engine_->run("DELETE FROM search_documents WHERE place = $1", place);
        }
        for (auto& one : waiting) {
            if (one.text) one.place = place_document(one.kind, one.item, time_of(*one.text));
            engine_->run("DELETE FROM search_queue WHERE item = $1", one.item);
        }
        std::ranges::sort(waiting, {}, &Waiting::place);
        for (const auto& one : waiting) {
            if (!one.text) continue;
            auto text = indexed(*one.text, fold);
            text.place = one.place;
            engine_->search_index().put(text);
        }
    });
    return done;
}

std::int64_t SqlStore::place_document(std::string_view kind, std::string_view item, Instant at) {
    auto place = wished_place(at, item);
    while (engine_->ask("SELECT 1 FROM search_documents WHERE place = $1", place)->next()) ++place;
    engine_->run("INSERT INTO search_documents (place, item, kind) VALUES ($1, $2, $3)", place, item, kind);
    return place;
}

void SqlStore::await_indexing(std::string_view kind, std::string_view item) {
    engine_->run("INSERT INTO search_queue (item, kind) VALUES ($1, $2) ON CONFLICT (item) DO NOTHING", item, kind);
}

/// Its texts are found by what their ticket is.
void SqlStore::await_indexing_of_ticket(std::string_view ticket) {
    engine_->run(R"sql(
        INSERT INTO search_queue (item, kind)
        SELECT id, 'mention' FROM mentions WHERE ticket = $1 AND ticket <> '' AND deleted = 0 ON CONFLICT (item) DO NOTHING)sql",
                 ticket);
    static const auto kEvents =
        "INSERT INTO search_queue (item, kind) SELECT id, 'event' FROM ticket_events WHERE ticket = $1 AND" +
        std::string(kWritten) + " ON CONFLICT (item) DO NOTHING";
    engine_->run(kEvents, ticket);
}

void SqlStore::unindex(std::string_view item) {
    engine_->run("DELETE FROM search_queue WHERE item = $1", item);
    const auto answer = engine_->ask("SELECT place FROM search_documents WHERE item = $1", item);
    if (!answer->next()) return;
    const auto place = answer->integer(0);
    engine_->search_index().remove(place);
    engine_->run("DELETE FROM search_documents WHERE place = $1", place);
    engine_->run(R"sql(
        INSERT INTO installation (name, value) VALUES ('search_tidying', 'due')
        ON CONFLICT (name) DO UPDATE SET value = excluded.value)sql");
}

void SqlStore::unindex_events(std::string_view column, std::string_view value) {
    std::vector<std::string> events;
    {
        const auto answer =
            engine_->ask("SELECT id FROM ticket_events WHERE " + std::string(column) + " = $1 AND text <> ''", value);
        while (answer->next()) events.emplace_back(answer->text(0));
    }
    for (const auto& event : events) unindex(event);
}

void SqlStore::tidy_whole_search() {
    engine_->search_index().tidy_whole();
    engine_->run("DELETE FROM installation WHERE name = 'search_tidying'");
}

bool SqlStore::tidy_search() {
    bool more = false;
    transact([&] {
        const auto answer = engine_->ask("SELECT value FROM installation WHERE name = 'search_tidying'");
        more = answer->next();
        if (!more) return;
        if (answer->text(0) == "due") {
            engine_->search_index().begin_tidying();
            engine_->run("UPDATE installation SET value = 'under way' WHERE name = 'search_tidying'");
            return;
        }
        more = engine_->search_index().go_on_tidying();
        if (more) return;
        engine_->run("DELETE FROM installation WHERE name = 'search_tidying'");
        scrub_wanted_ = true;
    });
    return more;
}

}  // namespace rasid

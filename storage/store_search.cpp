#include "storage/mention_row.hpp"
#include "storage/search_fields.hpp"
#include "storage/search_place.hpp"
#include "storage/sql_store.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <sstream>

namespace rasid {
namespace {

/// Texts looked at for one page at most: those that changed since they were indexed are left out of it.
constexpr int kLookedAt = 2000;

constexpr int kMostWaiting = 100'000;

std::vector<std::string> words_in(const std::string& folded) {
    std::vector<std::string> words;
    std::istringstream in(folded);
    for (std::string word; in >> word;) words.push_back(std::move(word));
    return words;
}

IndexCondition condition_of(const SearchQuery& query) {
    IndexCondition condition;
    for (const auto& term : query.terms)
        condition.terms.push_back({term.words, term.exact, term.prefix, term.excluded});
    condition.author = words_in(query.fields.author);
    condition.fields = wanted_words(query.fields);
    for (const auto& brand : query.brands) condition.one_field.push_back(search_word(SearchField::brand, brand));
    condition.from = query.since ? first_place(*query.since) : std::numeric_limits<std::int64_t>::min();
    condition.before = query.until ? behind_places(*query.until) : std::numeric_limits<std::int64_t>::max();
    return condition;
}

std::optional<std::int64_t> parse_place(std::string_view token) {
    std::int64_t place = 0;
    const auto parsed = std::from_chars(token.data(), token.data() + token.size(), place);
    if (parsed.ec != std::errc() || parsed.ptr != token.data() + token.size()) return std::nullopt;
    return place;
}

}  // namespace

FoundPage SqlStore::search(const SearchQuery& query) {
    auto condition = condition_of(query);
    if (!query.after.empty()) {
        const auto place = parse_place(query.after);
        if (!place) return {};
        condition.before = std::min(condition.before, *place);
    }
    return on_one_state([&] {
        FoundPage page;
        const auto wanted = static_cast<std::size_t>(std::max(query.limit, 1));
        const int asked = static_cast<int>(wanted) + 1;  // one more tells whether there is a next page
        for (int looked = 0; looked < kLookedAt; looked += asked) {
            const auto places = engine_->search_index().find(condition, asked);
            for (const auto place : places) {
                if (page.found.size() == wanted) {
                    page.next = std::to_string(condition.before);
                    return page;
                }
                condition.before = place;
                const auto row = engine_->ask("SELECT kind, item FROM search_documents WHERE place = $1", place);
                if (!row->next()) continue;
                auto text = found_text(std::string(row->text(0)), std::string(row->text(1)));
                if (text && fits(*text, query)) page.found.push_back(std::move(*text));
            }
            if (places.size() < static_cast<std::size_t>(asked)) return page;
        }
        page.next = std::to_string(condition.before);
        return page;
    });
}

std::int64_t SqlStore::search_backlog() {
    const auto answer =
        engine_->ask("SELECT count(*) FROM (SELECT 1 FROM search_queue LIMIT $1) AS waiting", kMostWaiting);
    return answer->next() ? answer->integer(0) : 0;
}

std::optional<FoundText> SqlStore::found_text(std::string_view kind, std::string_view item) {
    if (kind == kEventDocument) return found_event(item);
    FoundText text{.mention = mention_by_id(item)};
    if (!text.mention || text.mention->mention.deleted) return std::nullopt;
    if (!text.mention->ticket.empty()) text.ticket = ticket(text.mention->ticket);
    return text;
}

std::optional<FoundText> SqlStore::found_event(std::string_view id) {
    TicketEvent event;
    {
        const auto answer =
            engine_->ask("SELECT id, ticket, at, actor, kind, text FROM ticket_events WHERE id = $1", id);
        if (!answer->next()) return std::nullopt;
        Columns columns(*answer);
        event.id = columns.text();
        event.ticket = columns.text();
        event.at = columns.instant();
        event.actor = columns.text();
        event.kind = parse_ticket_event_kind(columns.text()).value_or(TicketEventKind::noted);
        event.text = columns.text();
    }
    if (event.text.empty()) return std::nullopt;
    auto of = ticket(event.ticket);
    return FoundText{.event = std::move(event), .ticket = std::move(of)};
}

}  // namespace rasid

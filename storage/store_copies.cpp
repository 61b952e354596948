#include "storage/mention_row.hpp"
#include "storage/sql_store.hpp"

#include <algorithm>

namespace rasid {
namespace {

constexpr int kHistoryCounted = 100;

}  // namespace

std::vector<StoredMention> SqlStore::copies(const StoredMention& mention, int limit) {
    return on_one_state([&] {
        const auto& first = mention.copy_of.empty() ? mention.id : mention.copy_of;
        std::vector<StoredMention> found;
        const auto take = [&](const std::unique_ptr<Answer>& answer) {
            while (answer->next()) found.push_back(mention_of(*answer));
        };
        take(engine_->ask(select_mention() + "WHERE id = $1 AND id <> $2 AND deleted = 0", first, mention.id));
        take(engine_->ask(
            select_mention() +
                "WHERE copy_of = $1 AND copy_of <> '' AND id <> $2 AND deleted = 0 ORDER BY created_at, id LIMIT $3",
            first, mention.id, limit));
        std::stable_sort(found.begin(), found.end(), [](const StoredMention& a, const StoredMention& b) {
            return a.mention.created_at < b.mention.created_at;
        });
        if (found.size() > static_cast<std::size_t>(limit)) found.resize(static_cast<std::size_t>(limit));
        return found;
    });
}

std::vector<StoredSketch> SqlStore::sketches_since(Instant since, int limit) {
    const auto answer = engine_->ask(R"sql(
        SELECT id, copy_of, stored_at, sketch FROM mentions WHERE stored_at >= $1 AND sketch <> ''
        ORDER BY stored_at DESC, id DESC LIMIT $2)sql",
                                     since, limit);
    std::vector<StoredSketch> found;
    while (answer->next()) {
        Columns columns(*answer);
        auto id = columns.text();
        auto first = columns.text();
        const auto at = columns.instant();
        const auto sketch = parse_text_sketch(columns.text());
        if (sketch) found.push_back({first.empty() ? std::move(id) : std::move(first), at, *sketch});
    }
    std::reverse(found.begin(), found.end());
    return found;
}

std::vector<StoredMention> SqlStore::mentions_stored(Instant from, Instant to, int limit) {
    const auto answer = engine_->ask(
        select_mention() + "WHERE stored_at >= $1 AND stored_at < $2 AND deleted = 0 AND own = 0 AND history = 0 "
                           "ORDER BY stored_at DESC, id DESC LIMIT $3",
        from, to, limit);
    std::vector<StoredMention> found;
    while (answer->next()) found.push_back(mention_of(*answer));
    return found;
}

std::int64_t SqlStore::mentions_stored_count(Instant from, Instant to) {
    const auto answer =
        engine_->ask("SELECT count(*) FROM mentions WHERE stored_at >= $1 AND stored_at < $2", from, to);
    return answer->next() ? answer->integer(0) : 0;
}

Context::History SqlStore::author_history(std::string_view platform, std::string_view handle) {
    if (handle.empty()) return {};
    const auto answer = engine_->ask(R"sql(
        SELECT count(*), count(DISTINCT nullif(ticket, '')) FROM (
            SELECT ticket FROM mentions WHERE platform = $1 AND author_handle = $2 LIMIT $3) AS said)sql",
                                     platform, handle, kHistoryCounted);
    if (!answer->next()) return {};
    Columns columns(*answer);
    const auto mentions = columns.small();
    return {mentions, columns.small()};
}

}  // namespace rasid

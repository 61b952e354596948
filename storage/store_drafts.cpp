#include "core/limits.hpp"
#include "storage/sql_store.hpp"

namespace rasid {

std::vector<Draft> SqlStore::drafts(std::string_view ticket, std::string_view person) {
    const auto answer = engine_->ask(
        "SELECT mode, text, saved_at FROM drafts WHERE ticket = $1 AND person = $2 ORDER BY mode", ticket, person);
    std::vector<Draft> drafts;
    while (answer->next()) {
        Columns columns(*answer);
        Draft draft{.ticket = std::string(ticket), .person = std::string(person)};
        draft.mode = columns.text();
        draft.text = columns.text();
        draft.saved_at = columns.instant();
        drafts.push_back(std::move(draft));
    }
    return drafts;
}

void SqlStore::put_draft(const Draft& draft) {
    transact([&] {
        engine_->run("DELETE FROM drafts WHERE ticket = $1 AND person = $2 AND mode = $3", draft.ticket, draft.person,
                     draft.mode);
        if (draft.text.empty()) return;
        engine_->run(R"sql(
            INSERT INTO drafts (ticket, person, mode, text, saved_at)
            SELECT tickets.id, people.id, $3, $4, CAST($5 AS BIGINT) FROM tickets CROSS JOIN people
            WHERE tickets.id = $1 AND people.id = $2)sql",
                     draft.ticket, draft.person, draft.mode, draft.text, draft.saved_at);
        engine_->run(R"sql(
            DELETE FROM drafts WHERE person = $1 AND saved_at < (
                SELECT min(saved_at) FROM (SELECT saved_at FROM drafts WHERE person = $1 ORDER BY saved_at DESC LIMIT $2) AS kept))sql",
                     draft.person, limits::kDraftsOfPerson);
    });
}

void SqlStore::forget_drafts_about(std::string_view mention) {
    engine_->run("DELETE FROM drafts WHERE ticket = (SELECT ticket FROM mentions WHERE id = $1)", mention);
}

}  // namespace rasid

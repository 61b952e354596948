#include "core/page_settings.hpp"
#include "storage/column_json.hpp"
#include "storage/sql_store.hpp"

#include <chrono>

namespace rasid {
namespace {

/// How long a token that is over is still listed.
constexpr std::chrono::days kTokenMemory{90};

const std::string kSelectToken = "SELECT id, person, name, scopes, token_hash, created_at, expires_at, last_used_at, "
                                 "revoked_at FROM api_tokens ";

ApiToken token_of(const Answer& answer) {
    Columns columns(answer);
    ApiToken token;
    token.id = columns.text();
    token.person = columns.text();
    token.name = columns.text();
    token.scopes = strings_from_json(columns.text());
    token.hash = columns.text();
    token.created_at = columns.instant();
    token.expires_at = columns.instant();
    token.last_used_at = columns.maybe_instant();
    token.revoked_at = columns.maybe_instant();
    return token;
}

}  // namespace

std::optional<ApiToken> SqlStore::token_by_hash(std::string_view hash) {
    const auto answer = engine_->ask(kSelectToken + "WHERE token_hash = $1", hash);
    if (!answer->next()) return std::nullopt;
    return token_of(*answer);
}

std::vector<ApiToken> SqlStore::tokens(std::string_view person) {
    const auto answer =
        engine_->ask(kSelectToken + "WHERE person = $1 OR $1 = '' ORDER BY created_at DESC, id DESC", person);
    std::vector<ApiToken> tokens;
    while (answer->next()) tokens.push_back(token_of(*answer));
    return tokens;
}

void SqlStore::put_token(const ApiToken& token) {
    transact([&] {
        const auto forgotten = token.created_at - kTokenMemory;
        engine_->run("DELETE FROM api_tokens WHERE person = $1 AND (expires_at < $2 OR revoked_at < $2)", token.person,
                     forgotten);
        engine_->run(R"sql(
            INSERT INTO api_tokens (id, person, name, scopes, token_hash, created_at, expires_at, last_used_at, revoked_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (id) DO UPDATE SET last_used_at = excluded.last_used_at, revoked_at = excluded.revoked_at)sql",
                     token.id, token.person, token.name, strings_to_json(token.scopes), token.hash, token.created_at,
                     token.expires_at, token.last_used_at, token.revoked_at);
    });
}

std::map<std::string, PageSettings> SqlStore::page_settings() {
    const auto answer = engine_->ask("SELECT person, body FROM page_settings");
    std::map<std::string, PageSettings> all;
    while (answer->next()) {
        Columns columns(*answer);
        auto person = columns.text();
        all.emplace(std::move(person), page_settings_from_json(columns.text()));
    }
    return all;
}

void SqlStore::put_page_settings(std::string_view person, const PageSettings& settings) {
    transact([&] {
        engine_->run(R"sql(
            INSERT INTO page_settings (person, body) VALUES ($1, $2)
            ON CONFLICT (person) DO UPDATE SET body = excluded.body)sql",
                     person, page_settings_to_json(settings));
    });
}

}  // namespace rasid

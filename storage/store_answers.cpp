#include "storage/sql_store.hpp"

#include <chrono>

namespace rasid {

bool SqlStore::claim_answer(std::string_view person, std::string_view key, std::string_view claim, Instant now) {
    bool claimed = false;
    transact([&] {
        engine_->run("DELETE FROM answers WHERE given_at <= $1", now - std::chrono::hours(24));
        claimed = engine_->run(R"sql(
            INSERT INTO answers (person, idempotency_key, answer, given_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (person, idempotency_key) DO NOTHING)sql",
                               person, key, claim, now) > 0;
    });
    return claimed;
}

void SqlStore::settle_answer(std::string_view person, std::string_view key, std::string_view answer) {
    transact([&] {
        engine_->run("UPDATE answers SET answer = $1 WHERE person = $2 AND idempotency_key = $3", answer, person, key);
    });
}

void SqlStore::release_answer(std::string_view person, std::string_view key) {
    transact([&] { engine_->run("DELETE FROM answers WHERE person = $1 AND idempotency_key = $2", person, key); });
}

}  // namespace rasid

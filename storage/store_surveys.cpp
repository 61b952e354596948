#include "storage/sql_store.hpp"

namespace rasid {
namespace {

const std::string kSelectSurvey = R"sql(
    SELECT id, customer, kind, bad_experience, language, laid_at, send_at, expires_at, sent_at, answered_at, score, comment
    FROM surveys )sql";

Survey survey_of(const Answer& answer) {
    Columns columns(answer);
    Survey survey;
    survey.id = columns.text();
    survey.customer = columns.text();
    const auto kind = parse_survey_kind(columns.text());
    if (!kind) throw StoreError("a stored value is damaged: the question of survey " + survey.id);
    survey.kind = *kind;
    survey.bad_experience = columns.text();
    survey.language = columns.text();
    survey.laid_at = columns.instant();
    survey.send_at = columns.instant();
    survey.expires_at = columns.instant();
    survey.sent_at = columns.maybe_instant();
    survey.answered_at = columns.maybe_instant();
    if (const auto score = columns.maybe_integer()) survey.score = static_cast<int>(*score);
    survey.comment = columns.text();
    return survey;
}

std::vector<Survey> surveys_of(const std::unique_ptr<Answer>& answer) {
    std::vector<Survey> list;
    while (answer->next()) list.push_back(survey_of(*answer));
    return list;
}

}  // namespace

std::vector<Survey> SqlStore::surveys(std::string_view customer) {
    return surveys_of(engine_->ask(kSelectSurvey + "WHERE customer = $1 ORDER BY laid_at, id", customer));
}

std::optional<Survey> SqlStore::survey(std::string_view id) {
    const auto answer = engine_->ask(kSelectSurvey + "WHERE id = $1", id);
    if (!answer->next()) return std::nullopt;
    return survey_of(*answer);
}

std::vector<Survey> SqlStore::surveys_to_send(Instant now, int limit) {
    return surveys_of(engine_->ask(kSelectSurvey + R"sql(
        WHERE sent_at IS NULL AND send_at <= $1 AND expires_at > $1 ORDER BY send_at, id LIMIT $2)sql",
                                   now, limit));
}

void SqlStore::put_survey(const Survey& survey) {
    transact([&] { store_survey(survey); });
}

void SqlStore::store_survey(const Survey& survey) {
    engine_->run(R"sql(
        INSERT INTO surveys (id, customer, kind, bad_experience, language, laid_at, send_at, expires_at, sent_at, answered_at, score,
                             comment)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, bad_experience = excluded.bad_experience,
            language = excluded.language, laid_at = excluded.laid_at, send_at = excluded.send_at,
            expires_at = excluded.expires_at, sent_at = excluded.sent_at, answered_at = excluded.answered_at,
            score = excluded.score, comment = excluded.comment)sql",
                 survey.id, survey.customer, to_string(survey.kind), survey.bad_experience, survey.language,
                 survey.laid_at, survey.send_at, survey.expires_at, survey.sent_at, survey.answered_at, survey.score,
                 survey.comment);
}

}  // namespace rasid

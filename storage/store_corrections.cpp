#include "storage/sql_store.hpp"
#include "storage/statement.hpp"

namespace rasid {
namespace {

Correction correction_of(const Answer& answer) {
    Columns columns(answer);
    Correction correction;
    correction.id = columns.text();
    correction.mention = columns.text();
    correction.brand = columns.text();
    correction.language = columns.text();
    correction.text = columns.text();
    const auto what = parse_correction_kind(columns.text());
    if (!what) throw StoreError("the correction " + correction.id + " is about nothing known: restore a backup");
    correction.what = *what;
    correction.rule = columns.text();
    correction.right = columns.text();
    correction.was = columns.text();
    correction.person = columns.text();
    correction.at = columns.instant();
    correction.undone_at = columns.maybe_instant();
    return correction;
}

const std::string kSelectCorrection = R"sql(
    SELECT id, mention, brand, language, text, what, rule, right_value, was_value, person, at, undone_at
    FROM corrections AS one )sql";

/// Nobody said something newer about the same.
constexpr std::string_view kStands = R"sql( AND undone_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM corrections AS later
            WHERE later.mention = one.mention AND later.what = one.what AND later.rule = one.rule AND later.undone_at IS NULL
                AND (later.at > one.at OR (later.at = one.at AND later.id > one.id))))sql";

std::vector<Correction> list_of(const std::unique_ptr<Answer>& answer) {
    std::vector<Correction> found;
    while (answer->next()) found.push_back(correction_of(*answer));
    return found;
}

}  // namespace

std::vector<Correction> SqlStore::corrections(CorrectionKind what, int limit) {
    return list_of(engine_->ask(kSelectCorrection + "WHERE what = $1 AND text <> ''" + std::string(kStands) +
                                    " ORDER BY at DESC, id DESC LIMIT $2",
                                to_string(what), limit));
}

std::vector<CorrectionCount> SqlStore::correction_counts(Instant since, const std::vector<std::string>& brands) {
    Statement statement{.sql = "SELECT what, language, was_value, right_value, count(*) FROM corrections AS one "};
    statement.sql += "WHERE at >= " + statement.bind(since);
    statement.only_brands(brands);
    statement.sql += kStands;
    statement.sql += " GROUP BY what, language, was_value, right_value ORDER BY what, language, was_value, right_value";
    const auto answer = engine_->ask_with(statement.sql, statement.values);
    std::vector<CorrectionCount> found;
    while (answer->next()) {
        Columns columns(*answer);
        const auto what = parse_correction_kind(columns.text());
        if (!what) throw StoreError("a correction is about nothing known: restore a backup");
        CorrectionCount counted{.what = *what};
        counted.language = columns.text();
        counted.was = columns.text();
        counted.right = columns.text();
        counted.count = columns.integer();
        found.push_back(std::move(counted));
    }
    return found;
}

std::vector<Correction> SqlStore::corrections_of(std::string_view mention) {
    return list_of(engine_->ask(kSelectCorrection + "WHERE mention = $1 ORDER BY at, id", mention));
}

std::optional<Correction> SqlStore::correction(std::string_view id) {
    const auto answer = engine_->ask(kSelectCorrection + "WHERE id = $1", id);
    if (!answer->next()) return std::nullopt;
    return correction_of(*answer);
}

void SqlStore::put_correction(const Correction& correction) {
    engine_->run(R"sql(
        INSERT INTO corrections (id, mention, brand, language, text, what, rule, right_value, was_value, person, at, undone_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        ON CONFLICT (id) DO UPDATE SET undone_at = excluded.undone_at)sql",
                 correction.id, correction.mention, correction.brand, correction.language, correction.text,
                 to_string(correction.what), correction.rule, correction.right, correction.was, correction.person,
                 correction.at, correction.undone_at);
}

}  // namespace rasid

#include "storage/column_json.hpp"
#include "storage/sql_store.hpp"

namespace rasid {
namespace {

const std::string kSelectLedger = R"sql(
    SELECT id, customer, at, direction, channel, kind, polarity, text, mention, ticket, touch, bad_experience, about, actor
    FROM ledger )sql";

std::vector<LedgerEntry> ledger_entries_of(const std::unique_ptr<Answer>& answer) {
    std::vector<LedgerEntry> entries;
    while (answer->next()) {
        Columns columns(*answer);
        LedgerEntry entry;
        entry.id = columns.text();
        entry.customer = columns.text();
        entry.at = columns.instant();
        entry.direction = columns.text() == to_string(Direction::outbound) ? Direction::outbound : Direction::inbound;
        entry.channel = columns.text();
        entry.kind = columns.text();
        entry.polarity = static_cast<Polarity>(columns.small());
        entry.text = columns.text();
        entry.mention = columns.text();
        entry.ticket = columns.text();
        entry.touch = columns.text();
        entry.bad_experience = columns.text();
        entry.about = strings_from_json(columns.text());
        entry.actor = columns.text();
        entries.push_back(std::move(entry));
    }
    return entries;
}

}  // namespace

std::vector<LedgerEntry> SqlStore::ledger(std::string_view customer, int limit) {
    return ledger_entries_of(
        engine_->ask(kSelectLedger + "WHERE customer = $1 ORDER BY at DESC, id DESC LIMIT $2", customer, limit));
}

std::vector<LedgerEntry> SqlStore::ledger_after(std::string_view customer, std::string_view after_id, int limit) {
    if (after_id.empty())
        return ledger_entries_of(
            engine_->ask(kSelectLedger + "WHERE customer = $1 ORDER BY at, id LIMIT $2", customer, limit));
    return ledger_entries_of(engine_->ask(kSelectLedger + R"sql(
        WHERE customer = $1 AND (at, id) > (SELECT last.at, last.id FROM ledger AS last WHERE last.id = $2)
        ORDER BY at, id LIMIT $3)sql",
                                          customer, after_id, limit));
}

std::vector<LedgerEntry> SqlStore::ledger_of_mention(std::string_view mention) {
    return ledger_entries_of(
        engine_->ask(kSelectLedger + "WHERE mention = $1 AND mention <> '' ORDER BY at, id", mention));
}

void SqlStore::append_ledger(const LedgerEntry& entry) {
    engine_->run(R"sql(
        INSERT INTO ledger (id, customer, at, direction, channel, kind, polarity, text, mention, ticket, touch, bad_experience, about,
                            actor)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14))sql",
                 entry.id, entry.customer, entry.at, to_string(entry.direction), entry.channel, entry.kind,
                 static_cast<int>(entry.polarity), entry.text, entry.mention, entry.ticket, entry.touch,
                 entry.bad_experience, strings_to_json(entry.about), entry.actor);
}

}  // namespace rasid

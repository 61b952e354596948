#include "storage/audit_chain.hpp"
#include "storage/sql_store.hpp"
#include "storage/statement.hpp"

#include <algorithm>

namespace rasid {
namespace {

const std::string kSelectAudit =
    "SELECT sequence, at, actor, client, action, object, result, salt, seal, hash FROM audit ";

std::vector<AuditEntry> audit_entries_of(std::unique_ptr<Answer> answer) {
    std::vector<AuditEntry> entries;
    while (answer->next()) {
        Columns columns(*answer);
        AuditEntry entry;
        entry.sequence = columns.integer();
        entry.at = columns.instant();
        entry.record.actor = columns.text();
        entry.record.client = columns.text();
        entry.record.action = columns.text();
        entry.record.object = columns.text();
        entry.record.result = columns.text();
        entry.salt = columns.text();
        entry.seal = columns.text();
        entry.hash = columns.text();
        entries.push_back(std::move(entry));
    }
    return entries;
}

}  // namespace

void SqlStore::append_audit(const AuditRecord& record, std::string_view salt, Instant at) {
    transact([&] {
        auto last = audit_entries_of(engine_->ask(kSelectAudit + "ORDER BY sequence DESC LIMIT 1"));
        const auto previous = last.empty() ? std::string() : std::move(last.front().hash);
        AuditEntry entry;
        entry.sequence = last.empty() ? 1 : last.front().sequence + 1;
        entry.at = at;
        entry.record = record;
        entry.seal = audit_seal(salt, record);
        entry.hash = audit_hash(previous, entry);
        engine_->run(R"sql(
            INSERT INTO audit (sequence, at, actor, client, action, object, result, salt, seal, hash)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))sql",
                     entry.sequence, entry.at, record.actor, record.client, record.action, record.object, record.result,
                     salt, entry.seal, entry.hash);
    });
}

std::vector<AuditEntry> SqlStore::audit_after(std::int64_t sequence, int limit) {
    return audit_entries_of(
        engine_->ask(kSelectAudit + "WHERE sequence > $1 ORDER BY sequence LIMIT $2", sequence, limit));
}

std::vector<AuditEntry> SqlStore::audit(const AuditQuery& query) {
    const auto part = containing(query.object);
    Statement statement{.sql = kSelectAudit + "WHERE sequence > 0"};
    if (!query.actor.empty()) statement.sql += " AND actor = " + statement.bind(query.actor);
    if (!query.action.empty()) statement.sql += " AND action = " + statement.bind(query.action);
    if (!query.object.empty()) statement.sql += " AND object LIKE " + statement.bind(part) + " ESCAPE '\\'";
    if (query.from) statement.sql += " AND at >= " + statement.bind(*query.from);
    if (query.to) statement.sql += " AND at < " + statement.bind(*query.to);
    if (query.before) statement.sql += " AND sequence < " + statement.bind(*query.before);
    statement.sql += " ORDER BY sequence DESC LIMIT " + statement.bind(query.limit);
    return audit_entries_of(engine_->ask_with(statement.sql, statement.values));
}

std::vector<std::string> SqlStore::audit_actions() {
    const auto answer = engine_->ask("SELECT DISTINCT action FROM audit ORDER BY action");
    std::vector<std::string> actions;
    while (answer->next()) actions.emplace_back(answer->text(0));
    return actions;
}

void SqlStore::erase_in_audit(const Traces& traces) {
    const auto tells_of = [&](const AuditEntry& entry) {
        const auto folded = fold_handle(entry.record.object);
        const auto names = [&](const std::string& word) {
            return !word.empty() && folded.find(fold_handle(word)) != std::string::npos;
        };
        const auto names_account = [&](const auto& account) { return names(account.first + ":" + account.second); };
        if (std::ranges::any_of(traces.accounts, names_account) || std::ranges::any_of(traces.emails, names))
            return true;
        // Nobody of us was signed in: it was he who came, from his address.
        return entry.record.actor.empty() &&
               (std::ranges::any_of(traces.ids, names) || std::ranges::any_of(traces.occasions, names));
    };
    std::vector<AuditEntry> page;
    std::int64_t last = 0;
    do {
        page = audit_after(last, kAuditEntriesAtOnce);
        for (const auto& entry : page) {
            last = entry.sequence;
            if (!tells_of(entry)) continue;
            engine_->run("UPDATE audit SET client = '', object = '', salt = '' WHERE sequence = $1", entry.sequence);
        }
    } while (!page.empty());
}

}  // namespace rasid

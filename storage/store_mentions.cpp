#include "storage/mention_row.hpp"

#include "storage/column_json.hpp"
#include "storage/search_fields.hpp"
#include "storage/search_place.hpp"
#include "storage/sql_store.hpp"

namespace rasid {

const std::string& select_mention() {
    static const std::string sql = R"sql(
    SELECT id, platform, native_id, revision, source, author_handle, author_name, author_native_id, author_followers, author_verified,
           title, text, language, url, domain, conversation, in_reply_to, reply_token, visibility, created_at, edited_at, deleted, own,
           stars, replies, reshares, likes, verdict, customer, ticket, stored_at, history, sketch, copy_of
    FROM mentions )sql";
    return sql;
}

StoredMention mention_of(const Answer& answer) {
    Columns columns(answer);
    StoredMention stored;
    stored.id = columns.text();
    auto& mention = stored.mention;
    mention.key.platform = columns.text();
    mention.key.native_id = columns.text();
    mention.revision = columns.text();
    mention.source = columns.text();
    mention.author.handle = columns.text();
    mention.author.name = columns.text();
    mention.author.native_id = columns.text();
    mention.author.followers = columns.maybe_integer();
    mention.author.verified = columns.flag();
    mention.title = columns.text();
    mention.text = columns.text();
    mention.language = columns.text();
    mention.url = columns.text();
    mention.domain = columns.text();
    mention.conversation = columns.text();
    mention.in_reply_to = columns.text();
    mention.reply_token = columns.text();
    mention.visibility = static_cast<Visibility>(columns.small());
    mention.created_at = columns.instant();
    mention.edited_at = columns.maybe_instant();
    mention.deleted = columns.flag();
    mention.own = columns.flag();
    mention.stars = columns.maybe_real();
    mention.replies = columns.integer();
    mention.reshares = columns.integer();
    mention.likes = columns.integer();
    stored.verdict = verdict_from_json(columns.text());
    stored.customer = columns.text();
    stored.ticket = columns.text();
    stored.stored_at = columns.instant();
    stored.history = columns.flag();
    stored.verdict.sketch = parse_text_sketch(columns.text()).value_or(TextSketch{});
    stored.copy_of = columns.text();
    return stored;
}

namespace {

/// Texts kept of a mention that is edited again and again.
constexpr std::int64_t kRevisionsKept = 20;

const std::string kInsertMention = R"sql(
        INSERT INTO mentions (id, platform, native_id, revision, source, author_handle, author_name, author_native_id, author_followers,
            author_verified, title, text, language, url, domain, conversation, in_reply_to, reply_token, visibility, created_at,
            edited_at, deleted, own, stars, replies, reshares, likes, verdict, customer, ticket, stored_at, history, sketch,
            copy_of)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25,
            $26, $27, $28, $29, $30, $31, $32, $33, $34))sql";

const std::string kReplaceMention = R"sql(
        ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, source = excluded.source, author_handle = excluded.author_handle,
            author_name = excluded.author_name, author_native_id = excluded.author_native_id,
            author_followers = excluded.author_followers, author_verified = excluded.author_verified, title = excluded.title,
            text = excluded.text, language = excluded.language, url = excluded.url, domain = excluded.domain,
            conversation = excluded.conversation, in_reply_to = excluded.in_reply_to, reply_token = excluded.reply_token,
            visibility = excluded.visibility, created_at = excluded.created_at, edited_at = excluded.edited_at,
            deleted = excluded.deleted, own = excluded.own, stars = excluded.stars, replies = excluded.replies,
            reshares = excluded.reshares, likes = excluded.likes, verdict = excluded.verdict, customer = excluded.customer,
            ticket = excluded.ticket, stored_at = excluded.stored_at, history = excluded.history,
            sketch = excluded.sketch, copy_of = excluded.copy_of)sql";

/// A tombstone tells only that the post is gone: who wrote it, where and when is kept, what was said is not.
StoredMention tombstone_of(StoredMention before, const StoredMention& tombstone) {
    auto& mention = before.mention;
    mention.revision = tombstone.mention.revision;
    mention.edited_at = tombstone.mention.edited_at;
    mention.deleted = true;
    mention.title.clear();
    mention.text.clear();
    mention.reply_token.clear();
    before.verdict.hits.clear();
    before.verdict.sentiment.words.clear();
    before.verdict.reasons.clear();
    before.verdict.sketch = {};
    return before;
}

}  // namespace

std::optional<StoredMention> SqlStore::mention(const MentionKey& key) {
    const auto answer =
        engine_->ask(select_mention() + "WHERE platform = $1 AND native_id = $2", key.platform, key.native_id);
    if (!answer->next()) return std::nullopt;
    return mention_of(*answer);
}

std::optional<StoredMention> SqlStore::mention_by_id(std::string_view id) {
    const auto answer = engine_->ask(select_mention() + "WHERE id = $1", id);
    if (!answer->next()) return std::nullopt;
    return mention_of(*answer);
}

std::vector<StoredMention> SqlStore::mentions_of_ticket(std::string_view ticket, int limit) {
    const auto answer = engine_->ask(
        select_mention() + "WHERE ticket = $1 AND ticket <> '' ORDER BY created_at, id LIMIT $2", ticket, limit);
    std::vector<StoredMention> mentions;
    while (answer->next()) mentions.push_back(mention_of(*answer));
    return mentions;
}

std::int64_t SqlStore::mention_count() {
    const auto answer = engine_->ask("SELECT value FROM counters WHERE name = 'mentions'");
    return answer->next() ? answer->integer(0) : 0;
}

bool SqlStore::store_mention(const StoredMention& stored) {
    static const auto kInsertNew = kInsertMention + " ON CONFLICT DO NOTHING";
    if (write_mention(kInsertNew, stored.id, stored) == 1) {
        if (!stored.mention.deleted) await_indexing(kMentionDocument, stored.id);
        return true;
    }
    const auto before = mention(stored.mention.key);
    if (!before) throw StoreError("a mention was neither new nor there");
    replace_mention(*before, stored);
    return false;
}

void SqlStore::replace_mention(const StoredMention& before, const StoredMention& stored) {
    static const auto kReplace = kInsertMention + kReplaceMention;
    if (stored.mention.deleted) {
        engine_->run("DELETE FROM mention_revisions WHERE mention = $1", before.id);
        write_mention(kReplace, before.id, tombstone_of(before, stored));
        erase_quotes(before.id);
        unindex(before.id);
        return;
    }
    if (before.mention.text != stored.mention.text || before.mention.title != stored.mention.title) {
        keep_revision(before, stored.stored_at);
    }
    if (searched_differently(before, stored)) await_indexing(kMentionDocument, before.id);
    if (stored.ticket.empty() && !before.ticket.empty()) {
        auto linked = stored;  // a mention never leaves its ticket
        linked.ticket = before.ticket;
        write_mention(kReplace, before.id, linked);
    } else {
        write_mention(kReplace, before.id, stored);
    }
}

void SqlStore::keep_revision(const StoredMention& before, Instant replaced_at) {
    engine_->run(R"sql(
        INSERT INTO mention_revisions (mention, sequence, revision, title, text, replaced_at)
        SELECT $1, coalesce(max(sequence), 0) + 1, $2, $3, $4, $5 FROM mention_revisions WHERE mention = $1)sql",
                 before.id, before.mention.revision, before.mention.title, before.mention.text, replaced_at);
    engine_->run(R"sql(
        DELETE FROM mention_revisions
        WHERE mention = $1 AND sequence <= (SELECT max(sequence) FROM mention_revisions WHERE mention = $1) - $2)sql",
                 before.id, kRevisionsKept);
}

std::int64_t SqlStore::write_mention(const std::string& sql, std::string_view id, const StoredMention& stored) {
    const auto& mention = stored.mention;
    return engine_->run(sql, id, mention.key.platform, mention.key.native_id, mention.revision, mention.source,
                        mention.author.handle, mention.author.name, mention.author.native_id, mention.author.followers,
                        mention.author.verified, mention.title, mention.text, mention.language, mention.url,
                        mention.domain, mention.conversation, mention.in_reply_to, mention.reply_token,
                        static_cast<int>(mention.visibility), mention.created_at, mention.edited_at, mention.deleted,
                        mention.own, mention.stars, mention.replies, mention.reshares, mention.likes,
                        verdict_to_json(stored.verdict), stored.customer, stored.ticket, stored.stored_at,
                        stored.history, to_string(stored.verdict.sketch), stored.copy_of);
}

void SqlStore::erase_quotes(std::string_view mention) {
    engine_->run("UPDATE ledger SET text = '' WHERE mention = $1 AND mention <> ''", mention);
    engine_->run("UPDATE corrections SET text = '' WHERE mention = $1", mention);
}

std::int64_t SqlStore::forget_before(Instant stored_before, int limit) {
    std::int64_t forgotten = 0;
    transact([&] {
        std::vector<std::pair<std::string, std::string>> old;  // id, ticket
        {
            const auto answer = engine_->ask(R"sql(
                SELECT id, ticket FROM mentions
                WHERE stored_at < $1 AND NOT EXISTS (SELECT 1 FROM tickets WHERE tickets.id = mentions.ticket AND tickets.state = 'open')
                ORDER BY stored_at, id LIMIT $2)sql",
                                             stored_before, limit);
            while (answer->next()) old.emplace_back(answer->text(0), answer->text(1));
        }
        for (const auto& [id, ticket] : old) {
            erase_quotes(id);
            forget_drafts_about(id);
            unindex(id);
            engine_->run("DELETE FROM mentions WHERE id = $1", id);
            if (ticket.empty() ||
                engine_->ask("SELECT 1 FROM mentions WHERE ticket = $1 AND ticket <> ''", ticket)->next())
                continue;
            engine_->run(
                "DELETE FROM outbox WHERE ticket = $1 AND ticket <> '' AND state NOT IN ('waiting', 'sending')",
                ticket);
            unindex_events("ticket", ticket);
            engine_->run("DELETE FROM tickets WHERE id = $1 AND state = 'resolved'", ticket);
            engine_->run("DELETE FROM promise_events WHERE ticket = $1 AND ticket <> '' AND customer = ''", ticket);
        }
        forgotten = static_cast<std::int64_t>(old.size());
        engine_->run("UPDATE counters SET value = value - $1 WHERE name = 'mentions'", forgotten);
        // Also with nothing to forget: it is called daily, and tombstones leave their texts in the log until the next
        // one.
        scrub_wanted_ = true;
        rewrite_wanted_ = true;  // where an erasure could not finish
    });
    return forgotten;
}

}  // namespace rasid

#include "storage/column_json.hpp"
#include "storage/sql_store.hpp"

namespace rasid {
namespace {

/// Texts kept of a mention that is edited again and again.
constexpr std::int64_t kRevisionsKept = 20;

const std::string kSelectMention = R"sql(
    SELECT id, platform, native_id, revision, source, author_handle, author_name, author_native_id, author_followers, author_verified,
           title, text, language, url, domain, conversation, in_reply_to, reply_token, visibility, created_at, edited_at, deleted, own,
           stars, replies, reshares, likes, verdict, customer, ticket, stored_at, history
    FROM mentions )sql";

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
    return stored;
}

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
    return before;
}

}  // namespace

std::optional<StoredMention> SqlStore::mention(const MentionKey& key) {
    const auto answer =
        engine_->ask(kSelectMention + "WHERE platform = $1 AND native_id = $2", key.platform, key.native_id);
    if (!answer->next()) return std::nullopt;
    return mention_of(*answer);
}

std::optional<StoredMention> SqlStore::mention_by_id(std::string_view id) {
    const auto answer = engine_->ask(kSelectMention + "WHERE id = $1", id);
    if (!answer->next()) return std::nullopt;
    return mention_of(*answer);
}

std::vector<StoredMention> SqlStore::mentions_of_ticket(std::string_view ticket, int limit) {
    const auto answer = engine_->ask(
        kSelectMention + "WHERE ticket = $1 AND ticket <> '' ORDER BY created_at, id LIMIT $2", ticket, limit);
    std::vector<StoredMention> mentions;
    while (answer->next()) mentions.push_back(mention_of(*answer));
    return mentions;
}

std::int64_t SqlStore::mention_count() {
    const auto answer = engine_->ask("SELECT value FROM counters WHERE name = 'mentions'");
    return answer->next() ? answer->integer(0) : 0;
}

void SqlStore::store_mention(const StoredMention& stored) {
    const auto before = mention(stored.mention.key);
    if (!before) {
        write_mention(stored.id, stored);
        next_number("mentions");
        return;
    }
    if (stored.mention.deleted) {
        engine_->run("DELETE FROM mention_revisions WHERE mention = $1", before->id);
        write_mention(before->id, tombstone_of(*before, stored));
        erase_quotes(before->id);
        return;
    }
    if (before->mention.text != stored.mention.text || before->mention.title != stored.mention.title) {
        keep_revision(*before, stored.stored_at);
    }
    if (stored.ticket.empty() && !before->ticket.empty()) {
        auto linked = stored;  // a mention never leaves its ticket
        linked.ticket = before->ticket;
        write_mention(before->id, linked);
    } else {
        write_mention(before->id, stored);
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

void SqlStore::write_mention(std::string_view id, const StoredMention& stored) {
    const auto& mention = stored.mention;
    engine_->run(R"sql(
        INSERT INTO mentions (id, platform, native_id, revision, source, author_handle, author_name, author_native_id, author_followers,
            author_verified, title, text, language, url, domain, conversation, in_reply_to, reply_token, visibility, created_at,
            edited_at, deleted, own, stars, replies, reshares, likes, verdict, customer, ticket, stored_at, history)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25,
            $26, $27, $28, $29, $30, $31, $32)
        ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, source = excluded.source, author_handle = excluded.author_handle,
            author_name = excluded.author_name, author_native_id = excluded.author_native_id,
            author_followers = excluded.author_followers, author_verified = excluded.author_verified, title = excluded.title,
            text = excluded.text, language = excluded.language, url = excluded.url, domain = excluded.domain,
            conversation = excluded.conversation, in_reply_to = excluded.in_reply_to, reply_token = excluded.reply_token,
            visibility = excluded.visibility, created_at = excluded.created_at, edited_at = excluded.edited_at,
            deleted = excluded.deleted, own = excluded.own, stars = excluded.stars, replies = excluded.replies,
            reshares = excluded.reshares, likes = excluded.likes, verdict = excluded.verdict, customer = excluded.customer,
            ticket = excluded.ticket, stored_at = excluded.stored_at, history = excluded.history)sql",
                 id, mention.key.platform, mention.key.native_id, mention.revision, mention.source,
                 mention.author.handle, mention.author.name, mention.author.native_id, mention.author.followers,
                 mention.author.verified, mention.title, mention.text, mention.language, mention.url, mention.domain,
                 mention.conversation, mention.in_reply_to, mention.reply_token, static_cast<int>(mention.visibility),
                 mention.created_at, mention.edited_at, mention.deleted, mention.own, mention.stars, mention.replies,
                 mention.reshares, mention.likes, verdict_to_json(stored.verdict), stored.customer, stored.ticket,
                 stored.stored_at, stored.history);
}

void SqlStore::erase_quotes(std::string_view mention) {
    engine_->run("UPDATE ledger SET text = '' WHERE mention = $1 AND mention <> ''", mention);
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
            engine_->run("DELETE FROM mentions WHERE id = $1", id);
            if (ticket.empty() ||
                engine_->ask("SELECT 1 FROM mentions WHERE ticket = $1 AND ticket <> ''", ticket)->next())
                continue;
            engine_->run(
                "DELETE FROM outbox WHERE ticket = $1 AND ticket <> '' AND state NOT IN ('waiting', 'sending')",
                ticket);
            engine_->run("DELETE FROM tickets WHERE id = $1 AND state = 'resolved'", ticket);
        }
        forgotten = static_cast<std::int64_t>(old.size());
        engine_->run("UPDATE counters SET value = value - $1 WHERE name = 'mentions'", forgotten);
        // Also with nothing to forget: it is called daily, and tombstones leave their texts in the log until the next
        // one.
        scrub_wanted_ = true;
    });
    return forgotten;
}

}  // namespace rasid

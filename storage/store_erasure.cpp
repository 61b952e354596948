#include "storage/column_json.hpp"
#include "storage/sql_store.hpp"
#include "storage/statement.hpp"
#include "storage/ticket_json.hpp"

#include <algorithm>

namespace rasid {

bool SqlStore::erase_customer(std::string_view id) {
    bool known = false;
    transact([&] {
        auto traces = traces_of(id);
        known = !traces.ids.empty();
        if (!known) return;
        trace_mentions(traces);
        for (const auto& item : outbox_about(traces)) engine_->run("DELETE FROM outbox WHERE id = $1", item);
        for (const auto& ticket : traces.tickets) erase_ticket_words(ticket);
        erase_mentions(traces);
        erase_elsewhere(traces);
        erase_in_cursors(traces);
        erase_in_audit(traces);
        for (const auto& each : traces.ids) {
            forget_referrer(each);
            engine_->run("DELETE FROM merges WHERE kept = $1 OR dropped = $1", each);
            engine_->run("DELETE FROM promise_events WHERE customer = $1", each);
            engine_->run("DELETE FROM customers WHERE id = $1", each);
        }
        // Durable with the erasure, so that what a crash cuts short is done later.
        engine_->run(
            "INSERT INTO installation (name, value) VALUES ('rewrite_due', '1') ON CONFLICT (name) DO NOTHING");
        rewrite_wanted_ = true;
    });
    return known;
}

void SqlStore::erase_mentions(const Traces& traces) {
    for (const auto& mention : traces.mentions) {
        erase_quotes(mention);
        forget_drafts_about(mention);
        // In tickets of other people.
        unindex_events("mention", mention);
        engine_->run("UPDATE ticket_events SET text = '' WHERE mention = $1", mention);
        unindex(mention);
        engine_->run("DELETE FROM mentions WHERE id = $1", mention);
    }
    engine_->run("UPDATE counters SET value = value - $1 WHERE name = 'mentions'",
                 static_cast<std::int64_t>(traces.mentions.size()));
}

void SqlStore::erase_ticket_words(const std::string& ticket) {
    engine_->run(R"sql(
        UPDATE tickets SET author_handle = '', author_folded = '', author_name = '', author_native_id = '', author_followers = NULL,
            author_verified = 0, conversation = '', customer = '', reasons = '[]', labels = '[]' WHERE id = $1)sql",
                 ticket);
    unindex_events("ticket", ticket);
    engine_->run("UPDATE ticket_events SET text = '' WHERE ticket = $1", ticket);
    engine_->run("DELETE FROM promise_events WHERE ticket = $1 AND ticket <> ''", ticket);
    engine_->run("DELETE FROM drafts WHERE ticket = $1", ticket);
    for (const auto& event : events_of(ticket)) {
        if (event.detail) {
            auto detail = event.detail;
            detail->contact.clear();
            detail->priority_parts.clear();
            detail->reasons.clear();
            engine_->run("UPDATE ticket_events SET detail = $1 WHERE id = $2", detail_to_json(detail), event.id);
        }
        if (!event.opening) continue;
        auto opening = event.opening;
        opening->author = {};
        opening->conversation.clear();
        opening->customer.clear();
        opening->reasons.clear();
        opening->priority_parts.clear();
        engine_->run("UPDATE ticket_events SET opening = $1 WHERE id = $2", opening_to_json(opening), event.id);
    }
}

void SqlStore::erase_elsewhere(const Traces& traces) {
    const auto remembered = [&](std::string_view key, std::string_view answer) {
        const auto tells_of = [&](const std::string& id) {
            return key.find(id) != std::string_view::npos || answer.find(id) != std::string_view::npos;
        };
        return std::ranges::any_of(traces.ids, tells_of) || std::ranges::any_of(traces.tickets, tells_of) ||
               std::ranges::any_of(traces.mentions, tells_of);
    };
    std::vector<std::pair<std::string, std::string>> answers;  // person and key
    {
        const auto answer = engine_->ask("SELECT person, idempotency_key, answer FROM answers");
        while (answer->next()) {
            if (remembered(answer->text(1), answer->text(2))) answers.emplace_back(answer->text(0), answer->text(1));
        }
    }
    for (const auto& [person, key] : answers)
        engine_->run("DELETE FROM answers WHERE person = $1 AND idempotency_key = $2", person, key);

    for (const auto& [platform, folded] : traces.accounts) {
        engine_->run("DELETE FROM muted_authors WHERE platform = $1 AND handle = $2", platform, folded);
    }
    // Proposals to others that name him or one of his handles.
    std::vector<std::string> proposals;
    {
        const auto answer = engine_->ask("SELECT id, kind, subject FROM proposals");
        while (answer->next()) {
            Columns columns(*answer);
            auto id = columns.text();
            const auto kind = columns.text();
            const auto subject = columns.text();
            const auto colon = subject.find(':');
            const bool handle =
                colon != std::string::npos && kind == to_string(ProposalKind::link_account) &&
                traces.accounts.contains({subject.substr(0, colon), fold_handle(subject.substr(colon + 1))});
            if (handle || traces.ids.contains(subject)) proposals.push_back(std::move(id));
        }
    }
    for (const auto& proposal : proposals) engine_->run("DELETE FROM proposals WHERE id = $1", proposal);
}

/// A cursor may remember the posts that it saw last by their names, which on some platforms hold their author's.
void SqlStore::erase_in_cursors(const Traces& traces) {
    constexpr std::string_view kErased = "erased";
    constexpr std::size_t kNoNumber = 24;  // shorter names are numbers, which stand in cursors for other things too
    std::vector<std::pair<std::string, std::string>> cursors;
    {
        const auto answer = engine_->ask("SELECT name, cursor FROM sources");
        while (answer->next()) cursors.emplace_back(answer->text(0), answer->text(1));
    }
    for (auto& [source, cursor] : cursors) {
        const auto before = cursor;
        for (const auto& post : traces.posts) {
            if (post.size() < kNoNumber) continue;
            for (auto at = cursor.find(post); at != std::string::npos; at = cursor.find(post, at + kErased.size()))
                cursor.replace(at, post.size(), kErased);
        }
        if (cursor != before) put_cursor(source, cursor);
    }
}

void SqlStore::forget_referrer(const std::string& customer) {
    std::vector<std::string> referred;
    {
        const auto answer =
            engine_->ask("SELECT id FROM customers WHERE record LIKE $1 ESCAPE '\\'", containing(customer));
        while (answer->next()) referred.emplace_back(answer->text(0));
    }
    for (auto& other : customers_by_id(referred)) {
        if (other.referred_by != customer) continue;
        other.referred_by.clear();
        put_customer(other);
    }
}

bool SqlStore::erasure_pending() {
    return engine_->ask("SELECT 1 FROM installation WHERE name = 'rewrite_due'")->next();
}

void SqlStore::rewrite_if_due() noexcept {
    try {
        if (!erasure_pending()) return;
        transact([&] { tidy_whole_search(); });
        if (!engine_->rewrite()) return;
        transact([&] { engine_->run("DELETE FROM installation WHERE name = 'rewrite_due'"); });
    } catch (const StoreError&) {
        // What led here is committed and must not be reported as failed; the mark stays, so it is tried again.
    }
}

}  // namespace rasid

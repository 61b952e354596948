// What is held on one person outside his record and plan: what an export shows is what an erasure takes.

#include "core/text/fold.hpp"
#include "storage/column_json.hpp"
#include "storage/mention_row.hpp"
#include "storage/sql_store.hpp"
#include "storage/statement.hpp"
#include "storage/ticket_row.hpp"

#include <algorithm>

namespace rasid {

std::vector<StoredMention> SqlStore::mentions_of_customer(std::string_view customer, std::string_view after_id,
                                                          int limit) {
    const auto answer =
        engine_->ask(select_mention() + "WHERE customer = $1 AND customer <> '' AND id > $2 ORDER BY id LIMIT $3",
                     customer, after_id, limit);
    std::vector<StoredMention> mentions;
    while (answer->next()) mentions.push_back(mention_of(*answer));
    return mentions;
}

std::vector<MentionRevision> SqlStore::revisions_of(std::string_view mention) {
    const auto answer = engine_->ask(R"sql(
        SELECT sequence, revision, title, text, replaced_at FROM mention_revisions WHERE mention = $1 ORDER BY sequence)sql",
                                     mention);
    std::vector<MentionRevision> revisions;
    while (answer->next()) {
        Columns columns(*answer);
        MentionRevision revision;
        revision.sequence = columns.integer();
        revision.revision = columns.text();
        revision.title = columns.text();
        revision.text = columns.text();
        revision.replaced_at = columns.instant();
        revisions.push_back(std::move(revision));
    }
    return revisions;
}

std::vector<Ticket> SqlStore::tickets_of_customer(std::string_view customer, int limit) {
    const auto answer = engine_->ask("SELECT" + ticket_columns() + R"sql(
        FROM tickets WHERE customer = $1 AND customer <> '' ORDER BY opened_at DESC, id DESC LIMIT $2)sql",
                                     customer, limit);
    std::vector<Ticket> tickets;
    while (answer->next()) tickets.push_back(ticket_of(*answer));
    return tickets;
}

std::vector<OutboxItem> SqlStore::outbox_of_customer(std::string_view customer) {
    return on_one_state([&] {
        std::vector<OutboxItem> items;
        for (const auto& id : outbox_about(traces_of(customer))) {
            if (auto item = outbox_item(id)) items.push_back(std::move(*item));
        }
        std::ranges::stable_sort(items, {}, &OutboxItem::created_at);
        return items;
    });
}

SqlStore::Traces SqlStore::traces_of(std::string_view customer) {
    Traces traces{.ids = with_merged(customer)};
    trace_contacts(traces);
    trace_accounts(traces);
    trace_tickets(traces);
    return traces;
}

void SqlStore::trace_contacts(Traces& traces) {
    for (const auto& id : traces.ids) {
        const auto emails = engine_->ask("SELECT emails FROM customers WHERE id = $1", id);
        while (emails->next()) {
            for (const auto& email : strings_from_json(emails->text(0))) traces.emails.insert(fold_text(email));
        }
        const auto occasions = engine_->ask(
            "SELECT id FROM touches WHERE customer = $1 UNION ALL SELECT id FROM surveys WHERE customer = $1", id);
        while (occasions->next()) traces.occasions.emplace(occasions->text(0));
    }
}

void SqlStore::trace_accounts(Traces& traces) {
    const auto add = [&](const std::string& platform, const std::string& handle) {
        const auto folded = fold_handle(handle);
        const auto holder =
            engine_->ask("SELECT customer FROM identities WHERE platform = $1 AND folded = $2", platform, folded);
        const bool of_another = holder->next() && !traces.ids.contains(std::string(holder->text(0)));
        if (!folded.empty() && !of_another) traces.accounts.emplace(platform, folded);
    };
    for (const auto& id : traces.ids) {
        {
            const auto answer = engine_->ask("SELECT platform, handle FROM identities WHERE customer = $1", id);
            while (answer->next()) add(std::string(answer->text(0)), std::string(answer->text(1)));
        }
        // The handles of a record that was merged into another went over to that one, which may have lost them since.
        for (const auto& merge : merges(id)) {
            const auto& his = merge.kept.id == id ? merge.kept : merge.dropped;
            for (const auto& identity : his.identities) add(identity.platform, identity.handle);
        }
    }
}

void SqlStore::trace_tickets(Traces& traces) {
    const auto answer = engine_->ask(
        "SELECT id, customer, platform, author_folded FROM tickets WHERE customer <> '' OR author_folded <> ''");
    while (answer->next()) {
        Columns columns(*answer);
        auto id = columns.text();
        const auto customer = columns.text();
        auto platform = columns.text();
        auto author = columns.text();
        const bool his = traces.ids.contains(customer) ||
                         (customer.empty() && traces.accounts.contains({std::move(platform), std::move(author)}));
        if (his) traces.tickets.insert(std::move(id));
    }
}

void SqlStore::trace_mentions(Traces& traces) {
    std::set<std::pair<std::string, std::string>> posts;  // platform and native id of what he wrote
    std::vector<std::pair<std::string, std::pair<std::string, std::string>>> replies;
    const auto answer =
        engine_->ask("SELECT id, platform, native_id, author_handle, in_reply_to, own, customer, ticket FROM mentions");
    while (answer->next()) {
        Columns columns(*answer);
        auto id = columns.text();
        auto platform = columns.text();
        auto native_id = columns.text();
        const auto author = fold_handle(columns.text());
        auto in_reply_to = columns.text();
        const bool own = columns.flag();
        const auto customer = columns.text();
        const auto ticket = columns.text();
        if (own) {
            if (traces.tickets.contains(ticket))
                traces.mentions.insert(std::move(id));
            else if (!in_reply_to.empty())
                replies.emplace_back(std::move(id), std::pair(std::move(platform), std::move(in_reply_to)));
            continue;
        }
        if (!traces.ids.contains(customer) && !(customer.empty() && traces.accounts.contains({platform, author})))
            continue;
        traces.posts.insert(native_id);
        posts.emplace(std::move(platform), std::move(native_id));
        traces.mentions.insert(std::move(id));
    }
    for (auto& [id, answered] : replies) {
        if (posts.contains(answered)) traces.mentions.insert(std::move(id));
    }
}

std::set<std::string> SqlStore::outbox_about(const Traces& traces) {
    std::set<std::string> about;
    if (traces.ids.empty()) return about;
    {
        const auto answer = engine_->ask("SELECT id, recipient, ticket, event, intent FROM outbox");
        while (answer->next()) {
            Columns columns(*answer);
            auto id = columns.text();
            const auto recipient = fold_text(columns.text());
            const auto ticket = columns.text();
            const auto event = columns.text();
            const auto intent = columns.text();
            const bool named = std::ranges::any_of(traces.ids, [&](const std::string& his) {
                return event.find(his) != std::string::npos || intent.find(his) != std::string::npos;
            });
            if (named || traces.emails.contains(recipient) || traces.tickets.contains(ticket) ||
                traces.occasions.contains(event))
                about.insert(std::move(id));
        }
    }
    for (const auto* words : {&traces.ids, &traces.emails}) {
        for (const auto& word : *words) {
            const auto answer =
                engine_->ask("SELECT id FROM outbox WHERE payload LIKE $1 ESCAPE '\\'", containing(word));
            while (answer->next()) about.emplace(answer->text(0));
        }
    }
    // A mail about many tickets has the address of each.
    for (const auto& ticket : traces.tickets) {
        const auto answer = engine_->ask(
            "SELECT id FROM outbox WHERE ticket = '' AND kind = 'escalation' AND payload LIKE $1 ESCAPE '\\'",
            containing("/tickets/" + ticket));
        while (answer->next()) about.emplace(answer->text(0));
    }
    return about;
}

}  // namespace rasid

#include "storage/migrate.hpp"
#include "storage/sqlite_engine.hpp"
#include "storage/store.hpp"
#include "tests/storage/samples.hpp"
#include "tests/storage/search_fold.hpp"
#include "tests/support/temp_folder.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

/// A database as the version before engagement left it: its schema, and rows as that version wrote them.
class SqliteMigration : public testing::Test {
protected:
    void SetUp() override {
        const auto engine = open_sqlite(path, false);
        migrate(*engine, embedded::migrations().first(2));
        engine->begin(Engine::Access::write);
        engine->run(R"sql(
            INSERT INTO customers (id, name, name_latin, emails, phones, language, birthday, address, tier, brand, plan, purchases, folded)
            VALUES ('c1', $1, 'Ahmad "A"', '["a@example.org"]', '["+966500000001"]', 'ar', '1990-05-01', $2, 'gold', 'nasma', 'advocates',
                    '[{"date":"2026-01-10","amount_minor":12050,"currency":"SAR"}]', 'احمد'))sql",
                    "أحمد", "line one\nline \\ two\t\x01");
        engine->run("INSERT INTO identities (platform, folded, handle, customer, position, linked_by, linked_at) "
                    "VALUES ('mastodon', 'ahmad', 'Ahmad', 'c1', 0, 'import', $1)",
                    samples::minute(1));
        engine->run(R"sql(
            INSERT INTO touches (id, customer, year, kind, ordinal, due_on, state, reason, done_at)
            VALUES ('t1', 'c1', 2026, 'call', 2, '2026-03-03', 'planned', 'because', NULL))sql");
        engine->run(R"sql(
            INSERT INTO ledger (id, customer, at, direction, channel, kind, polarity, text, mention, ticket)
            VALUES ('l1', 'c1', $1, 'outbound', 'mail', 'reply', $2, 'text', 'm1', 'k1'))sql",
                    samples::minute(2), static_cast<int>(Polarity::negative));
        engine->run("INSERT INTO guards (customer, ticket, since, reason) VALUES ('c1', 'k1', $1, 'open')",
                    samples::minute(3));
        engine->run(R"sql(
            INSERT INTO mentions (id, platform, native_id, revision, source, author_handle, author_name, author_native_id, author_verified,
                title, text, language, url, domain, conversation, in_reply_to, reply_token, visibility, created_at, deleted, own,
                replies, reshares, likes, verdict, customer, ticket, stored_at, history)
            VALUES ('m1', 'mastodon', '1', '', 'fedi', 'hind', 'Hind', '', 0, '', 'cold coffee', 'en', '', '', '', '', '', 0, $1, 0, 0,
                0, 0, 0, '{}', '', '', $1, 0))sql",
                    samples::minute(4));
        engine->commit();
    }

    TempFolder folder;
    std::string path = folder.file("rasid.db");
};

TEST_F(SqliteMigration, reads_what_was_kept_before_as_it_was) {
    const auto store = open_store({.url = "sqlite:" + path});
    Customer expected{.id = "c1", .name = "أحمد", .name_latin = "Ahmad \"A\"", .emails = {"a@example.org"}};
    expected.phones = {"+966500000001"};
    expected.language = "ar";
    expected.birthday = parse_date("1990-05-01");
    expected.address = "line one\nline \\ two\t\x01";
    expected.tier = "gold";
    expected.brand = "nasma";
    expected.plan = "advocates";
    expected.purchases = {{*parse_date("2026-01-10"), 12050, "SAR"}};
    expected.identities = {{"mastodon", "Ahmad", "import", samples::minute(1)}};
    EXPECT_EQ(store->customer("c1"), expected);
    EXPECT_EQ(store->customer_of("mastodon", "ahmad"), expected);

    const PlannedTouch touch{.id = "t1",
                             .customer = "c1",
                             .year = 2026,
                             .kind = "call",
                             .ordinal = 2,
                             .due_on = samples::day_of_march(3),
                             .reason = "because"};
    EXPECT_EQ(store->touches("c1", 2026), (std::vector<PlannedTouch>{touch}));
    EXPECT_EQ(store->touches_due("", samples::day_of_march(9), {"nasma"}, 9), (std::vector<PlannedTouch>{touch}));
    const LedgerEntry entry{.id = "l1",
                            .customer = "c1",
                            .at = samples::minute(2),
                            .direction = Direction::outbound,
                            .channel = "mail",
                            .kind = "reply",
                            .polarity = Polarity::negative,
                            .text = "text",
                            .mention = "m1",
                            .ticket = "k1"};
    EXPECT_EQ(store->ledger("c1", 9), (std::vector<LedgerEntry>{entry}));
    EXPECT_EQ(store->guard("c1"), (Guard{"k1", samples::minute(3), "open"}));
    EXPECT_FALSE(store->erasure_pending());
}

TEST_F(SqliteMigration, goes_on_with_it_as_with_anything_else) {
    const auto store = open_store({.url = "sqlite:" + path});
    auto customer = *store->customer("c1");
    customer.notes = "now with notes";
    customer.owner = "person-1";
    store->put_customer(customer);
    EXPECT_EQ(store->customer("c1"), customer);
    EXPECT_TRUE(store->erase_customer("c1"));
    EXPECT_FALSE(store->touch("t1"));
}

TEST_F(SqliteMigration, makes_searchable_what_was_stored_before) {
    const auto store = open_store({.url = "sqlite:" + path});
    EXPECT_EQ(store->search_backlog(), 1);
    EXPECT_EQ(store->index_search(samples::fold_search, 9), 1);
    const auto page = store->search({.terms = {{.words = {"coffee"}}}});
    ASSERT_EQ(page.found.size(), 1u);
    EXPECT_EQ(page.found[0].mention->id, "m1");
}

TEST_F(SqliteMigration, finds_the_list_of_today_in_an_index) {
    open_store({.url = "sqlite:" + path});
    const auto engine = open_sqlite(path, true);
    const auto answer =
        engine->ask("EXPLAIN QUERY PLAN SELECT * FROM touches WHERE state IN ('planned', 'held') AND owner = 'p' "
                    "AND EXISTS (SELECT 1 FROM customers WHERE customers.id = touches.customer AND merged_into = '') "
                    "AND state = 'planned' AND due_on <= '2026-03-03' ORDER BY due_on, id LIMIT 50");
    std::string plan;
    while (answer->next()) plan += std::string(answer->text(3)) + "\n";
    EXPECT_NE(plan.find("USING INDEX touches_open"), std::string::npos) << plan;
    EXPECT_EQ(plan.find("TEMP B-TREE"), std::string::npos) << plan;
}

}  // namespace
}  // namespace rasid

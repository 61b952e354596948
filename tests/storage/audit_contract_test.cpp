#include "storage/audit_chain.hpp"
#include "storage/sqlite_engine.hpp"
#include "tests/storage/samples.hpp"
#include "tests/storage/store_contract.hpp"

namespace rasid {
namespace {

using samples::minute;

class AuditContract : public StoreContract {
protected:
    void add(const std::string& actor, const std::string& action, const std::string& object, int at) {
        store->append_audit({actor, "203.0.113.9", action, object, "ok"}, "salt-" + std::to_string(++salts_),
                            minute(at));
    }
    std::string objects(const AuditQuery& query) {
        std::string text;
        for (const auto& entry : store->audit(query)) text += entry.record.object + " ";
        return text;
    }
    /// Changes the stored rows behind the store's back.
    void tamper(const std::string& sql) {
        store.reset();
        const auto engine = open_sqlite(folder.file("rasid.db"), false);
        engine->script(sql);
    }

private:
    int salts_ = 0;
};
RASID_OVER_ENGINES(AuditContract);

TEST_P(AuditContract, finds_what_was_done_by_whom_when_and_to_what) {
    add("p1", "sign_in", "p1", 1);
    add("p2", "setup_changed", "rules/50% off", 2);
    add("p1", "setup_changed", "queues/care", 3);
    add("p1", "setup_changed", "rules/coffee", 4);
    EXPECT_EQ(objects({}), "rules/coffee queues/care rules/50% off p1 ");
    EXPECT_EQ(objects({.actor = "p1", .action = "setup_changed"}), "rules/coffee queues/care ");
    EXPECT_EQ(objects({.object = "rules/"}), "rules/coffee rules/50% off ");
    EXPECT_EQ(objects({.object = "50% o"}), "rules/50% off ");
    EXPECT_EQ(objects({.from = minute(2), .to = minute(4)}), "queues/care rules/50% off ");
    EXPECT_EQ(objects({.limit = 1}), "rules/coffee ");
    EXPECT_EQ(objects({.before = 3, .limit = 1}), "rules/50% off ");
    EXPECT_EQ(store->audit_actions(), (std::vector<std::string>{"setup_changed", "sign_in"}));
    const auto newest = store->audit({.limit = 1}).front();
    EXPECT_EQ(newest.sequence, 4);
    EXPECT_EQ(newest.at, minute(4));
    EXPECT_EQ(newest.record, (AuditRecord{"p1", "203.0.113.9", "setup_changed", "rules/coffee", "ok"}));
}

TEST_P(AuditContract, holds_as_long_as_nobody_touched_it) {
    EXPECT_EQ(verify_audit(*store).entries, 0);
    for (int i = 1; i <= 5; ++i) add("p1", "sign_in", "p" + std::to_string(i), i);
    reopen();
    add("p1", "sign_out", "p1", 9);
    const auto check = verify_audit(*store);
    EXPECT_EQ(check.entries, 6);
    EXPECT_FALSE(check.broken_at);
    EXPECT_EQ(check.last_hash, store->audit({.limit = 1}).front().hash);
}

TEST_P(AuditContract, is_broken_where_an_entry_was_changed_taken_out_or_put_in) {
    for (const auto* sql :
         {"UPDATE audit SET actor = 'p2' WHERE sequence = 3", "UPDATE audit SET at = at + 1 WHERE sequence = 3",
          "UPDATE audit SET object = 'x' WHERE sequence = 3", "UPDATE audit SET result = 'x' WHERE sequence = 3",
          "UPDATE audit SET client = '' WHERE sequence = 3", "UPDATE audit SET action = 'x' WHERE sequence = 3",
          "UPDATE audit SET seal = 'x', salt = '' WHERE sequence = 3", "DELETE FROM audit WHERE sequence = 3",
          "DELETE FROM audit WHERE sequence = 3; UPDATE audit SET sequence = sequence - 1 WHERE sequence > 3"}) {
        SetUp();
        const int before = static_cast<int>(verify_audit(*store).entries);
        ASSERT_EQ(before, 0) << "a new store for each";
        for (int i = 1; i <= 5; ++i) add("p1", "sign_in", "p1", i);
        tamper(sql);
        store = open_store(GetParam().options(folder));
        const auto check = verify_audit(*store);
        EXPECT_EQ(check.broken_at, 3) << sql;
        EXPECT_EQ(check.entries, 2) << sql;
        tamper("DELETE FROM audit");
    }
}

TEST_P(AuditContract, lets_whom_it_tells_of_be_erased_and_still_holds) {
    auto customer = samples::customer("his-id");
    customer.emails = {"canary@example.org"};
    customer.identities = {{.platform = "mastodon", .handle = "Canary"}};
    store->put_customer(customer);
    add("p1", "identity_linked", "his-id mastodon:canary", 1);
    add("p1", "customer_changed", "his-id", 2);
    add("", "unsubscribed", "his-id", 3);
    add("p1", "mute_author", "mastodon:other", 4);
    ASSERT_TRUE(store->erase_customer("his-id"));
    const auto entries = store->audit({});
    EXPECT_EQ(entries[0].record.object, "mastodon:other");
    EXPECT_EQ(entries[1].record.client, "") << "he came himself, from his own address";
    EXPECT_EQ(entries[1].salt, "");
    EXPECT_EQ(entries[2].record.client, "203.0.113.9") << "what colleagues did stays";
    EXPECT_EQ(entries[3].record.object, "");
    EXPECT_EQ(entries[3].record.action, "identity_linked");
    const auto check = verify_audit(*store);
    EXPECT_FALSE(check.broken_at);
    EXPECT_EQ(check.entries, 4);
}

}  // namespace
}  // namespace rasid

#include "daemon/handing_out.hpp"

#include "core/setup_toml.hpp"
#include "escalation/hand_out.hpp"
#include "escalation/route.hpp"
#include "tests/support/fake_random.hpp"
#include "tests/support/temp_folder.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

constexpr const char* kSetup = R"(
[[person]]
name = "Sara"
email = "sara@example.org"
languages = ["ar"]
[[person]]
name = "Dana"
email = "dana@example.org"
languages = ["en"]
[[queue]]
name = "care"
first_response = "15m"
assign = "least_loaded"
[[queue]]
name = "by hand"
)";

/// A store with tickets, looked at as the daemon does it.
class HandingOut : public testing::Test {
protected:
    HandingOut() : store(open_store({"sqlite:" + folder.file("x.db"), false})) {
        store->put_setup(parse_setup(kSetup, "setup.toml").setup);
    }

    Policies policies() { return policies_of(store->setup()); }
    std::string id_of(std::string_view name) { return find_named(store->setup().people, name)->id; }

    /// A ticket that nobody has.
    std::string open(const std::string& queue, const std::string& language = "en") {
        StoredMention stored;
        stored.id = "m" + std::to_string(++opened_);
        stored.mention.key = {"mastodon", stored.id};
        stored.mention.author.handle = "author-" + stored.id;
        stored.mention.text = "coffee";
        stored.mention.created_at = now;
        stored.stored_at = now;
        stored.verdict.queue = queue;
        stored.verdict.language = language;
        const auto change =
            route(policies(), stored.mention, stored.verdict, {.mention_id = stored.id}, random, now).value();
        stored.ticket = change.after.id;
        Intake intake;
        intake.mentions = {stored};
        intake.tickets = {change};
        store->take(intake);
        return change.after.id;
    }
    HandedOut give(std::string_view after = "", int limit = 100) {
        return give_tickets(*store, policies(), after, limit, random, now);
    }
    std::string holder(const std::string& ticket) { return store->ticket(ticket)->assignee; }

    TempFolder folder;
    FakeRandom random;
    std::unique_ptr<Store> store;
    Instant now = *parse_rfc3339("2026-03-01T08:00:00Z");

private:
    int opened_ = 0;
};

TEST_F(HandingOut, who_comes_is_given_the_tickets_of_queues_that_assign_by_language) {
    const auto arabic = open("care", "ar");
    const auto english = open("care", "en");
    const auto by_hand = open("by hand");
    EXPECT_TRUE(give().changed.empty()) << "nobody is here";
    store->put_presence(id_of("Sara"), true, now);
    store->put_presence(id_of("Dana"), true, now);
    EXPECT_EQ(give().changed.size(), 2u);
    EXPECT_EQ(holder(arabic), id_of("Sara"));
    EXPECT_EQ(holder(english), id_of("Dana"));
    EXPECT_EQ(holder(by_hand), "");
    EXPECT_TRUE(give().changed.empty()) << "once";
    EXPECT_EQ(store->workloads().at(0).open, 1);
}

TEST_F(HandingOut, who_left_loses_his_tickets_after_the_grace_also_over_a_restart) {
    store->put_presence(id_of("Sara"), true, now);
    const auto ticket = open("care");
    give();
    store->put_presence(id_of("Sara"), false, now);
    store->put_presence(id_of("Dana"), true, now);
    now += kAbsenceGrace - 1s;
    EXPECT_TRUE(give().changed.empty());
    store.reset();
    store = open_store({"sqlite:" + folder.file("x.db"), false});
    now += 1s;
    EXPECT_EQ(give().changed.size(), 1u);
    EXPECT_EQ(holder(ticket), id_of("Dana"));
}

TEST_F(HandingOut, a_long_list_is_walked_page_by_page) {
    for (int i = 0; i < 5; ++i) open("care");
    auto page = give("", 2);
    EXPECT_NE(page.last, "");
    page = give(page.last, 2);
    EXPECT_NE(page.last, "");
    EXPECT_EQ(give(page.last, 2).last, "");
}

}  // namespace
}  // namespace rasid

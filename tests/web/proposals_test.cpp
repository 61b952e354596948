#include "engagement/proposals.hpp"
#include "tests/web/customer_house.hpp"

#include <algorithm>

namespace rasid {
namespace {

using namespace std::chrono_literals;

class ProposalsTest : public CustomerHouseTest {
protected:
    std::string propose(ProposalKind kind, const std::string& subject, const std::string& reason = "because") {
        auto made = proposal(stored(), kind, subject, reason, house.clock.now());
        house.write([made](Store& store) { store.put_proposal(made); });
        return made.id;
    }
    HttpAnswer decide(Browser& who, const std::string& id, const std::string& body) {
        return who.change("POST", "/api/v1/proposals/" + url_encode(id), body);
    }
    ProposalState state(const std::string& id) {
        return house.write([id](Store& store) { return store.proposal(id)->state; });
    }
    std::string praise() {
        const auto ticket = house.hear("the coffee is lovely", "nasma", "hind_z", Polarity::positive);
        return house.write([ticket](Store& store) { return store.ticket(ticket)->first_mention; });
    }
};

TEST_F(ProposalsTest, are_listed_page_by_page_for_those_who_see_the_customer) {
    propose(ProposalKind::add_interest, "coffee");
    house.clock.advance(1s);
    propose(ProposalKind::move_plan, "advocates", "NPS 10");
    const auto json = sara.get("/api/v1/proposals?limit=1").json();
    const auto newest = json.root()["proposals"].at(0);
    EXPECT_EQ(newest["shown"].text_or(""), "advocates");
    EXPECT_EQ(newest["customer"]["name"].text_or(""), "هند الزهراني");
    const auto next = json.root()["next"].text_or("");
    const auto second = sara.get("/api/v1/proposals?limit=1&after=" + url_encode(next)).json();
    EXPECT_EQ(second.root()["proposals"].at(0)["subject"].text_or(""), "coffee");
    EXPECT_EQ(omar.get("/api/v1/proposals").json().root()["proposals"].items().size(), 0u);
    EXPECT_EQ(sara.get("/api/v1/customers/c-1").json().root()["proposals"].items().size(), 2u);
}

TEST_F(ProposalsTest, that_are_confirmed_are_done_once) {
    const auto id = propose(ProposalKind::move_plan, "advocates", "NPS 10");
    EXPECT_EQ(decide(omar, id, R"({"decision":"confirm"})").status, 404);
    const auto answer = decide(sara, id, R"({"decision":"confirm"})");
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto json = answer.json();
    EXPECT_EQ(json.root()["proposal"]["state"].text_or(""), "confirmed");
    EXPECT_EQ(json.root()["proposal"]["decided_by"]["name"].text_or(""), "Sara");
    EXPECT_EQ(stored().plan, "advocates");
    const auto all = touches();
    EXPECT_TRUE(std::ranges::any_of(all, [](const PlannedTouch& each) { return each.plan == "advocates"; }));
    EXPECT_EQ(decide(sara, id, R"({"decision":"dismiss"})").status, 409);
}

TEST_F(ProposalsTest, that_are_dismissed_change_nothing) {
    const auto id = propose(ProposalKind::add_interest, "coffee");
    ASSERT_EQ(decide(sara, id, R"({"decision":"dismiss"})").status, 200);
    EXPECT_TRUE(stored().interests.empty());
    EXPECT_EQ(state(id), ProposalState::dismissed);
    EXPECT_EQ(decide(sara, id, R"({"decision":"maybe"})").status, 400);
    EXPECT_EQ(decide(sara, "none", R"({"decision":"confirm"})").status, 404);
}

TEST_F(ProposalsTest, to_reshare_need_the_customers_word) {
    const auto mention = praise();
    const auto id = propose(ProposalKind::reshare, mention);
    house.actions = {"reply", "reshare"};
    EXPECT_EQ(decide(sara, id, R"({"decision":"confirm"})").status, 400);
    EXPECT_EQ(decide(sara, id, R"({"decision":"confirm","granted":"yes"})").status, 400);
    ASSERT_EQ(decide(sara, id, R"({"decision":"confirm","granted":true})").status, 200);
    EXPECT_TRUE(may_reshare(stored(), mention));
    const auto items =
        house.write([](Store& store) { return store.outbox_due(*parse_rfc3339("2027-01-01T00:00:00Z"), 10); });
    ASSERT_EQ(items.size(), 1u);
    EXPECT_EQ(items[0].kind, "reshare");
    EXPECT_EQ(items[0].to, "toots");
    EXPECT_EQ(items[0].not_before, house.clock.now() + 10s);
    EXPECT_EQ(house.told.outbox_changed, 1);
}

TEST_F(ProposalsTest, to_reshare_are_not_done_where_he_does_not_agree) {
    const auto mention = praise();
    const auto id = propose(ProposalKind::reshare, mention);
    house.actions = {"reply", "reshare"};
    ASSERT_EQ(decide(sara, id, R"({"decision":"confirm","granted":false})").status, 200);
    EXPECT_FALSE(may_reshare(stored(), mention));
    EXPECT_EQ(house.told.outbox_changed, 0);
}

TEST_F(ProposalsTest, to_merge_are_for_managers_and_to_link_take_nobodys_account) {
    Customer twin;
    twin.id = "c-2";
    twin.name = "Hind Z.";
    twin.brand = "nasma";
    twin.identities = {{"x", "hind_zed", "hand", house.clock.now()}};
    add(twin);
    const auto taken = propose(ProposalKind::link_account, "x:hind_zed");
    EXPECT_EQ(decide(sara, taken, R"({"decision":"confirm"})").status, 409);
    EXPECT_EQ(state(taken), ProposalState::open);
    const auto link = propose(ProposalKind::link_account, "bluesky:hind_zed");
    ASSERT_EQ(decide(sara, link, R"({"decision":"confirm"})").status, 200);
    EXPECT_EQ(stored().identities.size(), 2u);
    const auto merge = propose(ProposalKind::merge, "c-2");
    EXPECT_EQ(decide(sara, merge, R"({"decision":"confirm"})").status, 403);
    ASSERT_EQ(decide(mona, merge, R"({"decision":"confirm"})").status, 200);
    EXPECT_EQ(stored().identities.size(), 3u);
    EXPECT_EQ(state(merge), ProposalState::confirmed);
}

class PromisesTest : public CustomerHouseTest {
protected:
    HttpAnswer promise(const std::string& body, const std::string& key = "k") {
        const auto version = house.write([id = ticket](Store& store) { return store.ticket(id)->version; });
        return sara.change("POST", "/api/v1/tickets/" + ticket + "/actions", body,
                           {{"If-Match", std::to_string(version)}, {"Idempotency-Key", key}});
    }
    JsonDocument story() { return sara.get("/api/v1/tickets/" + ticket).json(); }
    HttpAnswer change(const std::string& id, const std::string& body) {
        return sara.change("POST", "/api/v1/promises/" + id, body);
    }

    std::string ticket = house.hear("awful coffee");
    const std::string told = R"({"action":"promise","text":"We come back on Monday","due_at":"2026-03-02T09:00:00Z"})";
};

TEST_F(PromisesTest, are_written_down_once_and_shown_on_ticket_and_customer) {
    const auto answer = promise(told);
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_TRUE(answer.json().root()["undo_until"].is_null());
    EXPECT_EQ(promise(told).body, answer.body) << "the same key has no second effect";
    const auto json = story();
    ASSERT_EQ(json.root()["promises"].items().size(), 1u);
    EXPECT_EQ(json.root()["promises"].at(0)["state"].text_or(""), "running");
    EXPECT_EQ(json.root()["promises"].at(0)["made_by"]["name"].text_or(""), "Sara");
    EXPECT_EQ(json.root()["version"].integer(), 1);
    EXPECT_EQ(sara.get("/api/v1/customers/c-1").json().root()["promises"].items().size(), 1u);
}

TEST_F(PromisesTest, are_kept_moved_and_withdrawn) {
    ASSERT_EQ(promise(told).status, 200);
    const auto id = story().root()["promises"].at(0)["id"].text_or("");
    const auto moved = change(id, R"({"action":"moved","due_at":"2026-03-03T09:00:00Z","text":"parts are late"})");
    ASSERT_EQ(moved.status, 200) << moved.body;
    EXPECT_EQ(moved.json().root()["promise"]["due_at"].text_or(""), "2026-03-03T09:00:00.000Z");
    house.clock.advance(30h);
    sara = house.sign_in("Sara");
    omar = house.sign_in("Omar");
    const auto kept = change(id, R"({"action":"kept"})");
    EXPECT_EQ(kept.json().root()["promise"]["state"].text_or(""), "kept");
    EXPECT_EQ(kept.json().root()["promise"]["ticket"]["id"].text_or(""), ticket);
    EXPECT_EQ(change(id, R"({"action":"withdrawn"})").status, 409);
    EXPECT_EQ(omar.change("POST", "/api/v1/promises/" + id, R"({"action":"kept"})").status, 404);
    EXPECT_EQ(change("none", R"({"action":"kept"})").status, 404);
}

TEST_F(PromisesTest, are_broken_by_the_clock) {
    ASSERT_EQ(promise(told).status, 200);
    house.clock.advance(22h);
    sara = house.sign_in("Sara");
    EXPECT_EQ(story().root()["promises"].at(0)["state"].text_or(""), "broken");
}

TEST_F(PromisesTest, are_refused_for_times_that_are_none) {
    EXPECT_EQ(promise(R"({"action":"promise","text":"a","due_at":"2026-02-02T09:00:00Z"})").status, 400);
    EXPECT_EQ(promise(R"({"action":"promise","text":"a","due_at":"2036-02-02T09:00:00Z"})").status, 400);
    EXPECT_EQ(promise(R"({"action":"promise","text":"a","due_at":"soon"})").status, 400);
    EXPECT_EQ(promise(R"({"action":"promise","text":"","due_at":"2026-03-02T09:00:00Z"})").status, 400);
    ASSERT_EQ(promise(told).status, 200);
    const auto id = story().root()["promises"].at(0)["id"].text_or("");
    EXPECT_EQ(change(id, R"({"action":"moved"})").status, 400);
    EXPECT_EQ(change(id, R"({"action":"kept","due_at":"2026-03-03T09:00:00Z"})").status, 400);
    EXPECT_EQ(change(id, R"({"action":"made"})").status, 400);
}

TEST_F(PromisesTest, are_suggested_from_a_reply_that_tells_a_time) {
    ASSERT_EQ(promise(R"({"action":"reply","text":"We will come back to you by Tuesday noon."})", "r").status, 200);
    const auto json = story();
    EXPECT_EQ(json.root()["suggested_promise"]["due_at"].text_or(""), "2026-03-03T09:00:00.000Z");
    EXPECT_FALSE(json.root()["suggested_promise"]["words"].text_or("").empty());
    ASSERT_EQ(promise(told, "p").status, 200);
    EXPECT_TRUE(story().root()["suggested_promise"].is_null()) << "somebody wrote one down";
}

}  // namespace
}  // namespace rasid

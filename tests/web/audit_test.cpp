#include "storage/audit_chain.hpp"
#include "tests/web/web_house.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

std::string actions(const HttpAnswer& answer) {
    std::string text;
    const auto json = answer.json();
    for (const auto& entry : json.root()["entries"].items()) text += entry["action"].text_or("?") + " ";
    return text;
}

TEST(Audit, tells_an_admin_who_did_what_and_when) {
    WebHouse house;
    auto sara = house.sign_in("Sara");
    auto adam = house.sign_in("Adam");
    sara.change("PUT", "/api/v1/muted-authors/mastodon/spammer");
    house.clock.advance(20min);
    adam.change("DELETE", "/api/v1/setup/rules/complaints");
    const auto answer = adam.get("/api/v1/audit");
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(actions(answer), "setup_changed mute_author ");
    const auto json = answer.json();
    const auto newest = json.root()["entries"].at(0);
    EXPECT_EQ(newest["actor"]["name"].text_or(""), "Adam");
    EXPECT_EQ(newest["object"].text_or(""), "rules/complaints");
    EXPECT_EQ(newest["client"].text_or(""), "127.0.0.1");
    EXPECT_EQ(newest["at"].text_or(""), to_rfc3339(house.clock.now()));
    EXPECT_EQ(newest["result"].text_or(""), "ok");

    EXPECT_EQ(actions(adam.get("/api/v1/audit?actor=" + house.person_id("Sara"))), "mute_author ");
    EXPECT_EQ(actions(adam.get("/api/v1/audit?action=setup_changed")), "setup_changed ");
    EXPECT_EQ(actions(adam.get("/api/v1/audit?object=spam")), "mute_author ");
    EXPECT_EQ(actions(adam.get("/api/v1/audit?from=" + to_rfc3339(house.clock.now()))), "setup_changed ");
    const auto first = adam.get("/api/v1/audit?limit=1").json();
    const auto next = first.root()["next"].text_or("");
    EXPECT_EQ(actions(adam.get("/api/v1/audit?limit=1&after=" + next)), "mute_author ");
    EXPECT_EQ(adam.get("/api/v1/audit?limit=0").status, 400);
    EXPECT_EQ(adam.get("/api/v1/audit?after=x").status, 400);
    EXPECT_EQ(adam.get("/api/v1/audit?from=yesterday").status, 400);
}

TEST(Audit, is_for_admins_of_all_brands) {
    WebHouse house;
    EXPECT_EQ(house.sign_in("Sara").get("/api/v1/audit").status, 403);
    EXPECT_EQ(house.sign_in("Mona").get("/api/v1/audit").status, 403);
    auto adam = house.sign_in("Adam");
    ASSERT_EQ(adam.change("PUT", "/api/v1/setup/people/Zed",
                          R"({"name":"Zed","email":"zed@example.org","role":"admin","brands":["saba"]})")
                  .status,
              200);
    EXPECT_EQ(house.sign_in("Zed").get("/api/v1/audit").status, 403);
}

TEST(Audit, is_kept_before_the_answer_goes_out_and_holds) {
    WebHouse house;
    auto sara = house.sign_in("Sara");
    for (int i = 0; i < 5; ++i) sara.change("PUT", "/api/v1/muted-authors/mastodon/spammer" + std::to_string(i));
    house.write([](Store& store) {
        const auto check = verify_audit(store);
        EXPECT_EQ(check.entries, 5);
        EXPECT_FALSE(check.broken_at);
    });
}

TEST(Audit, keeps_what_was_forbidden) {
    WebHouse house;
    house.sign_in("Sara").get("/api/v1/corrections");
    const auto answer = house.sign_in("Adam").get("/api/v1/audit?action=refused");
    EXPECT_EQ(actions(answer), "refused ");
    EXPECT_EQ(answer.json().root()["entries"].at(0)["object"].text_or(""), "/api/v1/corrections");
}

TEST(Audit, does_not_grow_without_bound_by_strangers) {
    WebHouse house;
    for (int i = 0; i < 130; ++i) {
        auto stranger = house.stranger();
        stranger.change("POST", "/api/v1/session", R"({"email":"x@example.org","password":"wrong horse battery"})");
    }
    house.write([](Store& store) { EXPECT_EQ(store.audit({.limit = 200}).size(), 120u); });
    {
        const std::lock_guard lock(house.told.mutex);
        EXPECT_EQ(house.told.audit.size(), 130u) << "the log has all of them";
    }
    house.clock.advance(1h);
    auto stranger = house.stranger();
    stranger.change("POST", "/api/v1/session", R"({"email":"x@example.org","password":"wrong horse battery"})");
    house.write([](Store& store) { EXPECT_EQ(store.audit({.limit = 200}).size(), 121u); });
}

}  // namespace
}  // namespace rasid

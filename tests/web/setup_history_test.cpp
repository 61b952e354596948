#include "tests/web/web_house.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

class SetupHistoryTest : public testing::Test {
protected:
    HttpAnswer put(Browser& who, const std::string& query, const std::string& how = "",
                   std::vector<HttpHeader> more = {}) {
        JsonWriter out;
        out.object([&] {
            out.member("query", query);
            out.member("queue", "care");
        });
        std::vector<HttpHeader> headers = {
            {"Origin", "http://" + who.host()}, {"X-CSRF-Token", who.csrf}, {"Content-Type", "application/json"}};
        headers.insert(headers.end(), more.begin(), more.end());
        return who.request("PUT", "/api/v1/setup/rules/complaints" + how, std::move(out).take(), headers);
    }
    JsonDocument history() { return mona.get("/api/v1/setup/rules/complaints/history").json(); }
    std::string newest() { return std::to_string(history().root()["versions"].at(0)["number"].integer().value_or(0)); }

    WebHouse house;
    Browser mona = house.sign_in("Mona");
    Browser adam = house.sign_in("Adam");
};

TEST_F(SetupHistoryTest, tells_who_changed_a_rule_and_how_it_was_before) {
    ASSERT_EQ(put(mona, "latte").status, 200);
    ASSERT_EQ(put(adam, "mocha").status, 200);
    const auto json = history();
    const auto versions = json.root()["versions"];
    ASSERT_EQ(versions.items().size(), 2U);
    EXPECT_EQ(versions.at(0)["by"]["name"].text_or(""), "Adam");
    EXPECT_EQ(versions.at(0)["way"].text_or(""), "page");
    EXPECT_EQ(versions.at(0)["change"].text_or(""), "update");
    EXPECT_EQ(versions.at(0)["before"]["query"].text_or(""), "latte");
    EXPECT_EQ(versions.at(0)["after"]["query"].text_or(""), "mocha");
    EXPECT_EQ(versions.at(1)["before"]["query"].text_or(""), "coffee") << "as it was before versions were kept";
    EXPECT_TRUE(versions.at(0)["restores"].is_null());
}

TEST_F(SetupHistoryTest, an_old_version_comes_back_as_an_ordinary_change_that_says_what_it_restores) {
    put(mona, "latte");
    const auto latte = newest();
    put(mona, "mocha");
    ASSERT_EQ(put(mona, "latte", "?restores=" + latte).status, 200);
    const auto json = history();
    EXPECT_EQ(json.root()["versions"].at(0)["after"]["query"].text_or(""), "latte");
    EXPECT_EQ(json.root()["versions"].at(0)["restores"].integer(), std::stoll(latte));
    const std::lock_guard lock(house.told.mutex);
    EXPECT_EQ(house.told.audit.back().action, "setup_restored");
    EXPECT_NE(house.told.audit.back().object.find("version " + latte), std::string::npos);
}

TEST_F(SetupHistoryTest, refuses_to_restore_what_is_no_version_of_the_item) {
    put(mona, "latte");
    EXPECT_EQ(put(mona, "mocha", "?restores=999").status, 400);
    EXPECT_EQ(put(mona, "mocha", "?restores=x").status, 400);
    EXPECT_EQ(history().root()["versions"].items().size(), 1U);
}

TEST_F(SetupHistoryTest, a_change_based_on_an_older_version_is_refused) {
    EXPECT_EQ(put(mona, "latte", "", {{"If-Match", "0"}}).status, 200) << "nobody had changed it";
    const auto seen = newest();
    ASSERT_EQ(put(adam, "mocha").status, 200);
    EXPECT_EQ(put(mona, "chai", "", {{"If-Match", seen}}).code(), "stale_version");
    EXPECT_EQ(history().root()["versions"].at(0)["after"]["query"].text_or(""), "mocha");
    EXPECT_EQ(put(mona, "chai", "", {{"If-Match", newest()}}).status, 200);
}

TEST_F(SetupHistoryTest, a_removed_rule_keeps_its_versions) {
    put(mona, "latte");
    ASSERT_EQ(mona.change("DELETE", "/api/v1/setup/rules/complaints", "").status, 200);
    const auto json = history();
    EXPECT_EQ(json.root()["versions"].at(0)["change"].text_or(""), "remove");
    EXPECT_TRUE(json.root()["versions"].at(0)["after"].is_null());
    EXPECT_EQ(json.root()["versions"].at(0)["before"]["query"].text_or(""), "latte");
}

TEST_F(SetupHistoryTest, whole_setups_leave_versions_of_each_item_too) {
    const auto toml = "[[rule]]\nname = \"praise\"\nquery = 'lovely'\n";
    ASSERT_EQ(adam.request("PUT", "/api/v1/setup", toml,
                           {{"Origin", "http://" + adam.host()},
                            {"X-CSRF-Token", adam.csrf},
                            {"Content-Type", "application/toml"}})
                  .status,
              200);
    const auto json = mona.get("/api/v1/setup/rules/praise/history").json();
    EXPECT_EQ(json.root()["versions"].at(0)["change"].text_or(""), "add");
    EXPECT_EQ(json.root()["versions"].at(0)["by"]["name"].text_or(""), "Adam");
}

TEST_F(SetupHistoryTest, is_not_there_for_what_never_was_nor_for_people_of_other_brands) {
    EXPECT_EQ(mona.get("/api/v1/setup/rules/nothing/history").status, 404);
    EXPECT_EQ(mona.get("/api/v1/setup/spells/complaints/history").status, 404);
    EXPECT_EQ(mona.get("/api/v1/setup/rules/complaints/history?limit=0").status, 400);
    ASSERT_EQ(adam.change("PUT", "/api/v1/setup/rules/theirs", R"({"query":"x","brand":"nasma"})").status, 200);
    auto omar = house.manager_of("saba");
    EXPECT_EQ(omar.get("/api/v1/setup/rules/theirs/history").status, 404);
}

}  // namespace
}  // namespace rasid

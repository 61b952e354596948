#include "tests/web/web_house.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

HttpAnswer put_toml(Browser& browser, const std::string& query, const std::string& toml) {
    return browser.request(
        "PUT", "/api/v1/setup" + query, toml,
        {{"Origin", "http://" + browser.host()}, {"X-CSRF-Token", browser.csrf}, {"Content-Type", "application/toml"}});
}

TEST(SetupApi, gives_the_whole_setup_as_toml_that_changes_nothing_when_put_back) {
    WebHouse house;
    auto admin = house.sign_in("Adam");
    const auto exported = admin.get("/api/v1/setup");
    EXPECT_EQ(exported.header("Content-Type"), "application/toml; charset=utf-8");
    const auto answer = put_toml(admin, "?replace=1", exported.body);
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(answer.body, R"({"changes":[],"warnings":[]})");
    EXPECT_EQ(admin.get("/api/v1/setup").body, exported.body);
    EXPECT_EQ(house.told.setup_changed, 0);
}

TEST(SetupApi, imports_all_or_nothing_and_first_shows_what_it_would_do) {
    WebHouse house;
    auto admin = house.sign_in("Adam");
    const auto before = admin.get("/api/v1/setup").body;
    const auto toml = "[[rule]]\nname = \"praise\"\nquery = 'lovely'\n";
    const auto expected = R"({"changes":[{"change":"add","kind":"rule","name":"praise"}],"warnings":[]})";
    EXPECT_EQ(put_toml(admin, "?dry_run=1", toml).body, expected);
    EXPECT_EQ(admin.get("/api/v1/setup").body, before);
    EXPECT_EQ(put_toml(admin, "", toml).body, expected);
    EXPECT_NE(admin.get("/api/v1/setup").body.find("praise"), std::string::npos);
    EXPECT_EQ(house.told.setup_changed, 1);
}

TEST(SetupApi, refuses_with_line_and_column) {
    WebHouse house;
    auto admin = house.sign_in("Adam");
    const auto unknown = put_toml(admin, "", "[[rule]]\nname = \"a\"\nquerry = 'x'\n");
    EXPECT_EQ(unknown.status, 422);
    EXPECT_EQ(unknown.json().root()["errors"].at(0)["line"].integer().value_or(0) > 0, true);
    const auto nowhere = put_toml(admin, "", "[[rule]]\nname = \"a\"\nquery = 'x'\nqueue = \"nowhere\"\n");
    EXPECT_EQ(nowhere.status, 422);
    const auto query = put_toml(admin, "", "[[rule]]\nname = \"a\"\nquery = 'x (('\n");
    EXPECT_EQ(query.json().root()["errors"].at(0)["what"].text_or(""), "an open bracket");
    EXPECT_EQ(query.json().root()["errors"].at(0)["what_ar"].text_or(""), "قوس مفتوح");
    EXPECT_FALSE(nowhere.json().root()["errors"].at(0)["what_ar"].exists());
    EXPECT_EQ(query.json().root()["errors"].at(0)["line"].integer(), 3);
}

TEST(SetupApi, never_leaves_a_workspace_without_admin) {
    WebHouse house;
    auto admin = house.sign_in("Adam");
    EXPECT_EQ(admin.change("DELETE", "/api/v1/setup/people/Adam").code(), "last_admin");
    EXPECT_EQ(
        admin.change("PUT", "/api/v1/setup/people/Adam", R"({"email":"adam@example.org","role":"manager"})").code(),
        "last_admin");
    EXPECT_EQ(put_toml(admin, "?replace=1", "[[rule]]\nname = \"a\"\nquery = 'x'\n").code(), "last_admin");
}

TEST(SetupApi, lets_managers_change_rules_and_admins_everything) {
    WebHouse house;
    auto manager = house.sign_in("Mona");
    auto admin = house.sign_in("Adam");
    EXPECT_EQ(manager.change("PUT", "/api/v1/setup/rules/new", R"({"query":"latte","queue":"care"})").status, 200);
    EXPECT_EQ(manager.get("/api/v1/setup/rules").json().root()["items"].items().size(), 2u);
    EXPECT_EQ(
        manager.change("PUT", "/api/v1/setup/people/Mona", R"({"email":"mona@example.org","role":"admin"})").status,
        403);
    EXPECT_EQ(manager.change("DELETE", "/api/v1/setup/people/Sara").status, 403);
    EXPECT_EQ(manager.change("PUT", "/api/v1/setup/calendars/c", R"({"time_zone":"UTC"})").status, 403);
    EXPECT_EQ(admin.change("PUT", "/api/v1/setup/calendars/c", R"({"time_zone":"UTC","hours":{"sun":["09:00-17:00"]}})")
                  .status,
              200);
    EXPECT_EQ(admin.change("PUT", "/api/v1/setup/spells/c", "{}").status, 404);
}

TEST(SetupApi, reads_items_strictly) {
    WebHouse house;
    auto admin = house.sign_in("Adam");
    for (const auto* body :
         {R"({"query":"x","id":"1"})", R"({"query":"x","query":"y"})", R"({"name":"other","query":"x"})", "[]", "{"}) {
        EXPECT_EQ(admin.change("PUT", "/api/v1/setup/rules/r", body).status, 400) << body;
    }
    EXPECT_EQ(admin.change("PUT", "/api/v1/setup/rules/r", R"({"query":"x","priority":"urgent"})").status, 422);
    EXPECT_EQ(admin.change("PUT", "/api/v1/setup/rules/r", R"({"query":"x (("})").status, 422);
    EXPECT_EQ(admin.change("PUT", "/api/v1/setup/rules/r%C3%A9%20x", R"({"query":"x"})").status, 200);
    EXPECT_EQ(admin.change("DELETE", "/api/v1/setup/rules/r%C3%A9%20x").status, 200);
}

TEST(SetupApi, does_not_remove_what_something_else_names) {
    WebHouse house;
    auto admin = house.sign_in("Adam");
    EXPECT_EQ(admin.change("DELETE", "/api/v1/setup/queues/care").code(), "in_use");
    EXPECT_EQ(admin.change("DELETE", "/api/v1/setup/ladders/care").code(), "in_use");
    EXPECT_EQ(admin.change("DELETE", "/api/v1/setup/rules/complaints").status, 200);
    EXPECT_EQ(admin.change("DELETE", "/api/v1/setup/queues/care").status, 200);
    EXPECT_EQ(admin.change("DELETE", "/api/v1/setup/queues/care").status, 404);
}

TEST(SetupApi, keeps_people_of_one_brand_from_the_rules_of_another) {
    WebHouse house;
    auto omar = house.manager_of("saba");
    EXPECT_EQ(omar.change("PUT", "/api/v1/setup/rules/mine", R"({"query":"x","brand":"saba"})").status, 200);
    EXPECT_EQ(omar.change("PUT", "/api/v1/setup/rules/mine", R"({"query":"x","brand":"nasma"})").status, 403);
    EXPECT_EQ(omar.change("PUT", "/api/v1/setup/rules/complaints", R"({"query":"x","brand":"saba"})").status, 403);
    EXPECT_EQ(omar.change("DELETE", "/api/v1/setup/rules/complaints").status, 403);
}

TEST(SetupApi, shows_colleagues_to_moderators_without_their_addresses) {
    WebHouse house;
    auto sara = house.sign_in("Sara");
    const auto people = sara.get("/api/v1/setup/people").json();
    EXPECT_EQ(people.root()["items"].items().size(), 4u);
    EXPECT_FALSE(people.root()["items"].at(0)["id"].text_or("").empty());
    EXPECT_FALSE(people.root()["items"].at(0)["email"].exists());
    EXPECT_TRUE(house.sign_in("Mona").get("/api/v1/setup/people").json().root()["items"].at(0)["email"].exists());
}

TEST(Sources, are_listed_with_their_health) {
    WebHouse house;
    house.write([](Store& store) {
        SourceRecord source;
        source.name = "toots";
        source.kind = "mastodon";
        source.state = "failing";
        source.last_error = "nobody answers";
        store.put_source(source);
    });
    const auto json = house.sign_in("Sara").get("/api/v1/sources").json();
    EXPECT_EQ(json.root()["sources"].at(0)["state"].text_or(""), "failing");
    EXPECT_EQ(json.root()["sources"].at(0)["last_error"].text_or(""), "nobody answers");
    EXPECT_TRUE(json.root()["sources"].at(0)["last_success_at"].is_null());
}

}  // namespace
}  // namespace rasid

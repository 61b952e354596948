#include "tests/web/web_house.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

SourceRecord record(const std::string& name, Instant now) {
    SourceRecord made;
    made.name = name;
    made.kind = "mastodon";
    made.state = "healthy";
    made.last_success_at = now - 1min;
    made.next_poll_at = now + 1min;
    made.lag = 90s;
    made.last_warning = "a possible gap";
    made.last_warning_at = now - 2min;
    return made;
}

void add_sources(WebHouse& house) {
    const auto now = house.clock.now();
    house.write([now](Store& store) {
        store.put_source(record("toots", now));
        store.put_source(record("tube", now));
        store.put_source(record("gone", now));
    });
    house.desk.facts["toots"] = {
        .brand = "nasma", .every = 60s, .budget_requests = 300, .budget_window = 15min, .budget_left = 280};
    house.desk.facts["tube"] = {.brand = "saba", .every = 60s, .promised_until = now + 10min};
}

JsonView named(const JsonDocument& json, std::string_view name) {
    for (const auto& source : json.root()["sources"].items())
        if (source["name"].text_or("") == name) return source;
    return {};
}

TEST(Sources, tell_what_is_known_of_them) {
    WebHouse house;
    add_sources(house);
    const auto json = house.sign_in("Sara").get("/api/v1/sources").json();
    const auto toots = named(json, "toots");
    EXPECT_EQ(toots["paused"].boolean(), false);
    EXPECT_EQ(toots["configured"].boolean(), true);
    EXPECT_EQ(toots["brand"].text_or(""), "nasma");
    EXPECT_EQ(toots["every_seconds"].integer(), 60);
    EXPECT_EQ(toots["lag_seconds"].integer(), 90);
    EXPECT_EQ(toots["last_warning"].text_or(""), "a possible gap");
    EXPECT_EQ(toots["budget"]["requests"].integer(), 300);
    EXPECT_EQ(toots["budget"]["left"].integer(), 280);
    EXPECT_EQ(toots["budget"]["window_seconds"].integer(), 900);
    EXPECT_EQ(named(json, "tube")["promised_until"].text_or(""), to_rfc3339(house.clock.now() + 10min));
    EXPECT_EQ(named(json, "gone")["configured"].boolean(), false);
}

TEST(Sources, of_other_brands_are_not_there) {
    WebHouse house;
    add_sources(house);
    const auto json = house.sign_in("Omar").get("/api/v1/sources").json();  // of saba
    EXPECT_EQ(json.root()["sources"].items().size(), 1u);
    EXPECT_TRUE(named(json, "tube").exists());
    auto adam = house.sign_in("Adam");
    adam.change("PUT", "/api/v1/setup/people/Omar",
                R"({"name":"Omar","email":"omar@example.org","brands":["saba"],"role":"manager"})");
    EXPECT_EQ(house.sign_in("Omar").change("POST", "/api/v1/sources/toots", R"({"action":"pause"})").status, 404);
    EXPECT_EQ(house.sign_in("Omar").change("POST", "/api/v1/sources/tube", R"({"action":"pause"})").status, 200);
}

TEST(Sources, are_paused_and_resumed_by_a_manager) {
    WebHouse house;
    add_sources(house);
    EXPECT_EQ(house.sign_in("Sara").change("POST", "/api/v1/sources/toots", R"({"action":"pause"})").status, 403);
    auto mona = house.sign_in("Mona");
    const auto answer = mona.change("POST", "/api/v1/sources/toots", R"({"action":"pause"})");
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto json = answer.json();
    EXPECT_EQ(json.root()["source"]["paused"].boolean(), true);
    EXPECT_TRUE(json.root()["source"]["next_poll_at"].is_null());
    EXPECT_TRUE(house.write([](Store& store) { return store.source("toots")->paused; })) << "a restart keeps it";
    EXPECT_EQ(house.desk.done, (std::vector<std::string>{"pause toots"}));
    mona.change("POST", "/api/v1/sources/toots", R"({"action":"resume"})");
    EXPECT_EQ(house.desk.done.back(), "resume toots");
    EXPECT_FALSE(house.write([](Store& store) { return store.source("toots")->paused; }));
    EXPECT_EQ(mona.change("POST", "/api/v1/sources/gone", R"({"action":"pause"})").status, 404);
    EXPECT_EQ(mona.change("POST", "/api/v1/sources/toots", R"({"action":"explode"})").status, 400);
}

TEST(Sources, are_polled_at_once_unless_the_platform_asked_for_time) {
    WebHouse house;
    add_sources(house);
    auto mona = house.sign_in("Mona");
    EXPECT_EQ(mona.change("POST", "/api/v1/sources/toots", R"({"action":"poll"})").status, 200);
    EXPECT_EQ(house.desk.done, (std::vector<std::string>{"poll toots"}));
    const auto refused = mona.change("POST", "/api/v1/sources/tube", R"({"action":"poll"})");
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(refused.json().root()["until"].text_or(""), to_rfc3339(house.clock.now() + 10min));
    EXPECT_EQ(house.desk.done.size(), 1u);
}

TEST(Sources, are_tried_out_and_say_what_came) {
    WebHouse house;
    add_sources(house);
    auto mona = house.sign_in("Mona");
    const auto answer = mona.change("POST", "/api/v1/sources/toots", R"({"action":"test"})");
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto json = answer.json();
    EXPECT_EQ(json.root()["test"]["mentions"].integer(), 3);
    EXPECT_EQ(json.root()["test"]["warnings"].at(0).string(), "one entry was skipped");
    house.desk.broken = true;
    const auto failed = mona.change("POST", "/api/v1/sources/toots", R"({"action":"test"})");
    EXPECT_EQ(failed.status, 409);
    EXPECT_EQ(failed.code(), "source_failed");
    EXPECT_EQ(failed.json().root()["detail"].text_or(""), "the token was refused");
}

}  // namespace
}  // namespace rasid

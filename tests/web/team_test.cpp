#include "tests/web/web_house.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

/// A house with a rota. The house's clock stands at noon of 1 March 2026 in UTC.
class TeamTest : public testing::Test {
protected:
    TeamTest() {
        auto admin = house.sign_in("Adam");
        const auto made = admin.change("PUT", "/api/v1/setup/rotas/night", R"({
            "first_day":"2026-02-28","handover":"09:00","days":1,"people":["Sara","Mona"],
            "overrides":[{"from":"2026-03-02T09:00:00Z","to":"2026-03-02T12:00:00Z","person":"Adam"}]})");
        EXPECT_EQ(made.status, 200) << made.body;
    }

    static JsonView of(const JsonDocument& team, std::string_view name) {
        for (const auto person : team.root()["people"].items()) {
            if (person["name"].string() == std::optional<std::string_view>(name)) return person;
        }
        ADD_FAILURE() << name;
        return {};
    }

    WebHouse house;
    Browser sara = house.sign_in("Sara");
};

TEST_F(TeamTest, a_person_is_here_when_he_says_so_and_until_he_says_otherwise) {
    EXPECT_FALSE(of(sara.get("/api/v1/team").json(), "Sara")["present"].boolean().value_or(true));
    const auto said = sara.change("PUT", "/api/v1/me/presence", R"({"present":true})");
    ASSERT_EQ(said.status, 200) << said.body;
    EXPECT_EQ(said.json().root()["until"].text_or(""), "2026-03-02T00:00:00.000Z");
    const auto team = sara.get("/api/v1/team").json();
    EXPECT_TRUE(of(team, "Sara")["present"].boolean().value_or(false));
    EXPECT_FALSE(of(team, "Mona")["present"].boolean().value_or(true)) << "only he himself says it";
    EXPECT_EQ(of(team, "Sara")["capacity"].integer(), 20);
    ASSERT_EQ(sara.change("PUT", "/api/v1/me/presence", R"({"present":false})").status, 200);
    EXPECT_EQ(of(sara.get("/api/v1/team").json(), "Sara")["absent_since"].text_or(""), "2026-03-01T12:00:00.000Z");
    EXPECT_EQ(house.told.presence_changed, 2);
}

TEST_F(TeamTest, presence_lapses_after_twelve_hours) {
    sara.change("PUT", "/api/v1/me/presence", R"({"present":true})");
    house.clock.advance(12h);
    auto again = house.sign_in("Sara");
    const auto team = again.get("/api/v1/team").json();
    EXPECT_FALSE(of(team, "Sara")["present"].boolean().value_or(true));
    EXPECT_EQ(of(team, "Sara")["absent_since"].text_or(""), "2026-03-02T00:00:00.000Z");
}

TEST_F(TeamTest, signing_out_is_leaving) {
    sara.change("PUT", "/api/v1/me/presence", R"({"present":true})");
    ASSERT_EQ(sara.change("DELETE", "/api/v1/session").status, 204);
    auto mona = house.sign_in("Mona");
    EXPECT_FALSE(of(mona.get("/api/v1/team").json(), "Sara")["present"].boolean().value_or(true));
}

TEST_F(TeamTest, presence_is_read_strictly_and_only_with_the_token) {
    EXPECT_EQ(sara.change("PUT", "/api/v1/me/presence", R"({"present":"yes"})").status, 400);
    EXPECT_EQ(sara.change("PUT", "/api/v1/me/presence", R"({"present":true,"person":"x"})").status, 400);
    EXPECT_EQ(sara.request("PUT", "/api/v1/me/presence", R"({"present":true})").status, 403);
    EXPECT_EQ(house.stranger().get("/api/v1/team").status, 401);
}

TEST_F(TeamTest, says_who_is_on_call_and_who_comes_next) {
    const auto team = sara.get("/api/v1/team").json();
    const auto rota = team.root()["rotas"].at(0);
    EXPECT_EQ(rota["name"].text_or(""), "night");
    EXPECT_EQ(rota["on_call"]["name"].text_or(""), "Mona");
    EXPECT_EQ(rota["until"].text_or(""), "2026-03-02T09:00:00.000Z");
    EXPECT_EQ(rota["shifts"].at(1)["person"]["name"].text_or(""), "Adam");
    EXPECT_TRUE(rota["shifts"].at(1)["stand_in"].boolean().value_or(false));
    EXPECT_EQ(rota["shifts"].at(2)["person"]["name"].text_or(""), "Sara");
}

TEST_F(TeamTest, a_rota_is_a_calendar_under_an_address_of_each_person) {
    const auto team = sara.get("/api/v1/team").json();
    const auto address = team.root()["rotas"].at(0)["calendar"].text_or("");
    auto program = house.stranger();
    const auto feed = program.get(address);
    ASSERT_EQ(feed.status, 200) << feed.body;
    EXPECT_EQ(feed.header("Content-Type"), "text/calendar; charset=utf-8");
    EXPECT_NE(feed.body.find("X-WR-CALNAME:night\r\n"), std::string::npos);
    EXPECT_NE(feed.body.find("SUMMARY:Mona · night\r\n"), std::string::npos);
    auto forged = address;
    forged[20] = forged[20] == 'A' ? 'B' : 'A';
    EXPECT_EQ(program.get(forged).status, 404);
    auto mona = house.sign_in("Mona");
    const auto hers = mona.get("/api/v1/team").json().root()["rotas"].at(0)["calendar"].text_or("");
    EXPECT_NE(hers, address);
    const auto today = mona.get("/api/v1/today").json().root()["calendar"].text_or("");
    EXPECT_EQ(program.get("/calendar/rota/" + today.substr(std::string("/calendar/").size())).status, 404)
        << "a token opens one thing";
    auto admin = house.sign_in("Adam");
    ASSERT_EQ(admin.change("DELETE", "/api/v1/setup/rotas/night").status, 200);
    EXPECT_EQ(program.get(address).status, 404);
}

TEST_F(TeamTest, what_a_rota_or_a_ladder_names_is_not_removed) {
    auto admin = house.sign_in("Adam");
    EXPECT_EQ(admin.change("DELETE", "/api/v1/setup/people/Sara").code(), "in_use");
    ASSERT_EQ(admin
                  .change("PUT", "/api/v1/setup/ladders/care",
                          R"({"steps":[{"unacknowledged":"30m","to":"on-call:night","by":"slack:desk"}]})")
                  .status,
              200);
    EXPECT_EQ(admin.change("DELETE", "/api/v1/setup/rotas/night").code(), "in_use");
    const auto ladders = admin.get("/api/v1/setup/ladders").json();
    const auto step = ladders.root()["items"].at(0)["steps"].at(0);
    EXPECT_EQ(step["unacknowledged"].text_or(""), "30m");
    EXPECT_FALSE(step["at"].exists());
}

TEST_F(TeamTest, managers_change_rotas_and_moderators_do_not) {
    auto mona = house.sign_in("Mona");
    const auto* body = R"({"first_day":"2026-03-01","people":["Mona"]})";
    EXPECT_EQ(mona.change("PUT", "/api/v1/setup/rotas/day", body).status, 200);
    EXPECT_EQ(sara.change("PUT", "/api/v1/setup/rotas/day", body).status, 403);
}

TEST_F(TeamTest, a_setup_that_inverts_the_order_of_channels_is_taken_with_a_warning) {
    auto admin = house.sign_in("Adam");
    const auto slow =
        admin.change("PUT", "/api/v1/setup/queues/letters", R"({"channel":"email","first_response":"5m"})");
    ASSERT_EQ(slow.status, 200) << slow.body;
    const auto warning = slow.json();
    EXPECT_NE(warning.root()["warnings"].at(0)["what"].text_or("").find("queue `letters` (email)"), std::string::npos);
    EXPECT_NE(warning.root()["warnings"].at(0)["what_ar"].text_or(""), "");
    const auto right =
        admin.change("PUT", "/api/v1/setup/queues/letters", R"({"channel":"email","first_response":"24h"})");
    EXPECT_EQ(right.json().root()["warnings"].items().size(), 0u);
}

TEST_F(TeamTest, the_measured_speed_of_answer_is_reported_by_class) {
    const auto ticket = house.hear("awful coffee today");
    house.clock.advance(10min);
    const auto version = house.write([ticket](Store& store) { return store.ticket(ticket)->version; });
    ASSERT_EQ(sara.change("POST", "/api/v1/tickets/" + ticket + "/actions", R"({"action":"answered_elsewhere"})",
                          {{"If-Match", std::to_string(version)}, {"Idempotency-Key", "k"}})
                  .status,
              200);
    auto mona = house.sign_in("Mona");
    const auto report = mona.get("/api/v1/reports/speed").json();
    const auto social = report.root()["classes"].at(1);
    EXPECT_EQ(social["class"].text_or(""), "social");
    EXPECT_EQ(social["negative_answers"].integer(), 1);
    EXPECT_EQ(social["negative_mean_seconds"].integer(), 600);
    EXPECT_TRUE(social["mean_seconds"].is_null());
    EXPECT_EQ(mona.get("/api/v1/reports/speed?days=0").status, 400);
    EXPECT_EQ(sara.get("/api/v1/reports/speed").status, 403);
}

}  // namespace
}  // namespace rasid

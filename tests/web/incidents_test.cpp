#include "escalation/incident_tickets.hpp"
#include "tests/web/web_house.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

/// An incident with three members that runs since twenty minutes.
class IncidentsTest : public testing::Test {
protected:
    IncidentsTest() {
        for (int i = 0; i < 3; ++i) {
            members.push_back(house.hear("awful coffee " + std::to_string(i), "nasma", "author" + std::to_string(i)));
            house.clock.advance(1s);
        }
        const auto now = house.clock.now();
        incident = house.write([now, ids = members](Store& store) {
            RealRandom random;
            const auto policies = policies_of(store.setup());
            IncidentRise rise{.series = {"nasma", Series::Kind::rule, "complaints"}};
            rise.incident = {.began_at = now - 20min,
                             .found_at = now - 10min,
                             .expected = 4.25,
                             .found_with = 30,
                             .peak = 31,
                             .members = 32,
                             .reason = {"incident.volume", {"30", "4.3"}}};
            const auto opened = open_incident(policies, rise.series, rise.incident,
                                              {"care", "complaints", Priority::high}, random, now);
            Intake intake;
            intake.tickets = {opened};
            intake.hours = {{rise.series, std::chrono::floor<std::chrono::hours>(now) - 5h, {3, 1}},
                            {rise.series, std::chrono::floor<std::chrono::hours>(now), {30, 20}}};
            rise.ticket = opened.after.id;
            intake.rises = {rise};
            store.take(intake);
            const auto parent = *store.ticket(rise.ticket);
            for (const auto& id : ids) {
                const auto change =
                    group_ticket(policies, *store.ticket(id), Priority::high, store.events_of(id), parent, random, now);
                store.apply(*change, {}, {});
            }
            return parent.id;
        });
    }

    HttpAnswer act(const std::string& ticket, const std::string& body) {
        const auto version = house.write([ticket](Store& store) { return store.ticket(ticket)->version; });
        return sara.change("POST", "/api/v1/tickets/" + ticket + "/actions", body,
                           {{"If-Match", std::to_string(version)}, {"Idempotency-Key", "k" + std::to_string(++keys)}});
    }
    int open_members() {
        return house.write([id = incident](Store& store) {
            int open = 0;
            for (const auto& member : store.tickets_of_incident(id, "", 10)) open += member.state == TicketState::open;
            return open;
        });
    }

    WebHouse house;
    Browser sara = house.sign_in("Sara");
    std::vector<std::string> members;
    std::string incident;
    int keys = 0;
};

TEST_F(IncidentsTest, the_queue_shows_one_row_with_its_count_and_the_members_below_it) {
    const auto queue = sara.get("/api/v1/tickets").json();
    ASSERT_EQ(queue.root()["tickets"].items().size(), 1u);
    const auto row = queue.root()["tickets"].at(0);
    EXPECT_EQ(row["id"].text_or(""), incident);
    EXPECT_EQ(row["author"]["name"].text_or(""), "complaints");
    EXPECT_EQ(row["text"].text_or(""), "30 mentions within an hour, usual are 4.3");
    const auto shown = row["incident"];
    EXPECT_EQ(shown["leads"].boolean(), true);
    EXPECT_EQ(shown["members"].integer(), 3);
    EXPECT_EQ(shown["series"].text_or(""), "rule:complaints");
    EXPECT_EQ(shown["kind"].text_or(""), "volume");
    EXPECT_EQ(shown["expected"].number(), 4.3);
    EXPECT_EQ(shown["found"].integer(), 30);
    EXPECT_TRUE(shown["ended_at"].is_null());
    EXPECT_FALSE(shown["hours"].exists());

    const auto below = sara.get("/api/v1/incidents/" + incident + "/tickets?limit=2").json();
    ASSERT_EQ(below.root()["tickets"].items().size(), 2u);
    const auto member = below.root()["tickets"].at(0);
    EXPECT_EQ(member["incident"]["id"].text_or(""), incident);
    EXPECT_EQ(member["incident"]["leads"].boolean(), false);
    EXPECT_EQ(member["incident"]["folded"].boolean(), true);
    const auto next = below.root()["next"].text_or("");
    const auto rest = sara.get("/api/v1/incidents/" + incident + "/tickets?limit=2&after=" + next).json();
    EXPECT_EQ(rest.root()["tickets"].items().size(), 1u);
    EXPECT_TRUE(rest.root()["next"].is_null());
}

TEST_F(IncidentsTest, the_pane_shows_what_rose_by_the_hour_and_who_wrote) {
    const auto json = sara.get("/api/v1/tickets/" + incident).json();
    const auto shown = json.root()["incident"];
    const auto hours = shown["hours"].items();
    ASSERT_EQ(hours.size(), 26u) << "a day before it, without gaps, and this hour";
    EXPECT_EQ(hours.back()["total"].integer(), 30);
    EXPECT_EQ(hours.back()["negative"].integer(), 20);
    EXPECT_EQ(hours[hours.size() - 6]["total"].integer(), 3);
    EXPECT_EQ(hours[0]["total"].integer(), 0);
    ASSERT_EQ(shown["tickets"].items().size(), 3u);
    EXPECT_EQ(shown["tickets"].at(0)["text"].text_or(""), "awful coffee 0");
    EXPECT_EQ(shown["tickets"].at(0)["ticket"]["id"].text_or(""), members[0]);
    EXPECT_EQ(shown["tickets"].at(0)["state"].text_or(""), "open");
}

TEST_F(IncidentsTest, say_why_in_the_language_of_the_account) {
    auto mona = house.sign_in("Mona");
    ASSERT_EQ(mona.change("PATCH", "/api/v1/session/person", R"({"language":"ar"})").status, 200);
    const auto pane = mona.get("/api/v1/tickets/" + incident).json();
    const std::string why = "30 إشارة خلال ساعة، والمعتاد \u20684.3\u2069";
    EXPECT_EQ(pane.root()["text"].text_or(""), why);
    EXPECT_EQ(pane.root()["incident"]["reason"].text_or(""), why);
    EXPECT_EQ(pane.root()["reasons"].at(0).text_or(""), why);
    EXPECT_EQ(pane.root()["history"].at(0)["text"].text_or(""), why);
    EXPECT_EQ(mona.get("/api/v1/tickets").json().root()["tickets"].at(0)["text"].text_or(""), why);
    EXPECT_EQ(sara.get("/api/v1/tickets/" + incident).json().root()["history"].at(0)["text"].text_or(""),
              "30 mentions within an hour, usual are 4.3");
}

TEST_F(IncidentsTest, are_listed_to_those_who_see_their_brand) {
    const auto list = sara.get("/api/v1/incidents?running=true").json();
    ASSERT_EQ(list.root()["tickets"].items().size(), 1u);
    EXPECT_EQ(list.root()["tickets"].at(0)["incident"]["members"].integer(), 3);
    auto omar = house.sign_in("Omar");
    EXPECT_TRUE(omar.get("/api/v1/incidents").json().root()["tickets"].items().empty());
    EXPECT_EQ(omar.get("/api/v1/incidents/" + incident + "/tickets").status, 404);
    EXPECT_EQ(sara.get("/api/v1/incidents/" + members[0] + "/tickets").status, 404) << "a member is no incident";
    EXPECT_EQ(sara.get("/api/v1/incidents?limit=0").status, 400);
}

TEST_F(IncidentsTest, resolving_may_resolve_the_members_and_undo_takes_all_of_it_back) {
    const auto answer = act(incident, R"({"action":"resolve","members":true})");
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(open_members(), 0);
    const auto event = answer.json().root()["event"].text_or("");
    const auto touched = act(members[0], R"({"action":"reopen"})");
    ASSERT_EQ(touched.status, 200) << touched.body;
    const auto undone = act(incident, R"({"action":"undo","event":")" + event + R"("})");
    ASSERT_EQ(undone.status, 200) << undone.body;
    EXPECT_EQ(open_members(), 3);
    EXPECT_EQ(undone.json().root()["ticket"]["state"].text_or(""), "open");
}

TEST_F(IncidentsTest, resolved_alone_it_leaves_its_members_to_the_queue) {
    ASSERT_EQ(act(incident, R"({"action":"resolve"})").status, 200);
    EXPECT_EQ(open_members(), 3);
    EXPECT_EQ(sara.get("/api/v1/tickets").json().root()["tickets"].items().size(), 3u);
}

TEST_F(IncidentsTest, a_person_takes_a_ticket_out_of_it) {
    const auto answer = act(members[1], R"({"action":"ungroup"})");
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_TRUE(answer.json().root()["ticket"]["incident"].is_null());
    EXPECT_EQ(sara.get("/api/v1/tickets").json().root()["tickets"].items().size(), 2u);
    EXPECT_EQ(act(members[1], R"({"action":"ungroup"})").code(), "not_possible");
}

}  // namespace
}  // namespace rasid

#include "tests/web/web_house.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace rasid {
namespace {

using namespace std::chrono_literals;

/// Two brands; Mona manages all of them, Nora one. The house's clock stands at three in the afternoon of 1 March 2026
/// in Riyadh.
class ReportsTest : public testing::Test {
protected:
    ReportsTest() {
        house.write([](Store& store) {
            auto setup = store.setup();
            setup.people.push_back(
                {.name = "Nora", .email = "nora@example.org", .role = Role::manager, .brands = {"saba"}});
            setup.rules.front().brand = "nasma";
            setup.rules.push_back({.name = "second house", .query = "tea", .tags = {"tea"}, .brand = "saba"});
            setup.rules.push_back({.name = "theirs", .query = "bean", .tags = {"competitor"}, .brand = "Bean & Co"});
            store.put_setup(setup);
        });
        house.await_void(house.server->reload_setup());
    }

    /// A mention that opens no ticket.
    void say(const std::string& brand, Polarity polarity, std::vector<std::string> rules, Duration ago = 1h,
             const std::string& handle = "hind_z", std::vector<std::string> tags = {}) {
        StoredMention stored;
        stored.id = "said-" + std::to_string(++said_);
        stored.mention.key = {"mastodon", stored.id};
        stored.mention.source = "toots";
        stored.mention.author = {.handle = handle, .name = "Hind", .followers = 8412};
        stored.verdict.brand = brand;
        stored.verdict.rules = std::move(rules);
        stored.verdict.tags = std::move(tags);
        stored.verdict.sentiment.label = polarity;
        stored.stored_at = stored.mention.created_at = house.clock.now() - ago;
        house.write([stored](Store& store) {
            Intake intake;
            intake.mentions = {stored};
            store.take(intake);
        });
    }

    void answer(const std::string& ticket) {
        auto sara = house.sign_in("Sara");
        const auto version = house.write([ticket](Store& store) { return store.ticket(ticket)->version; });
        const auto answered =
            sara.change("POST", "/api/v1/tickets/" + ticket + "/actions", R"({"action":"answered_elsewhere"})",
                        {{"If-Match", std::to_string(version)}, {"Idempotency-Key", ticket}});
        ASSERT_EQ(answered.status, 200) << answered.body;
    }

    WebHouse house;
    Browser mona = house.sign_in("Mona");

private:
    int said_ = 0;
};

TEST_F(ReportsTest, attainment_is_told_by_queue_person_hour_and_day) {
    const auto in_time = house.hear("awful coffee today");
    house.clock.advance(10min);
    answer(in_time);
    const auto json = mona.get("/api/v1/reports/sla?days=2").json();
    const auto root = json.root();
    EXPECT_EQ(root["since"].text_or(""), "2026-02-28");
    EXPECT_EQ(root["until"].text_or(""), "2026-03-01");
    EXPECT_EQ(root["time_zone"].text_or(""), "Asia/Riyadh");
    EXPECT_EQ(root["total"]["kept"].integer(), 1);
    EXPECT_EQ(root["total"]["attainment"].number(), 1);
    EXPECT_EQ(root["total"]["late_now"].integer(), 0);
    EXPECT_EQ(root["queues"].at(0)["queue"].text_or(""), "care");
    EXPECT_EQ(root["people"].items().size(), 1U);
    EXPECT_EQ(root["hours"].at(15)["kept"].integer(), 1) << "the promise was given at three";
    EXPECT_EQ(root["hours"].items().size(), 24U);
    EXPECT_TRUE(root["days"].at(0)["attainment"].is_null());
    EXPECT_EQ(root["days"].at(1)["day"].text_or(""), "2026-03-01");
    EXPECT_EQ(root["days"].at(1)["kept"].integer(), 1);
    EXPECT_EQ(root["targets"].at(0)["target"].text_or(""), "first_response");
    EXPECT_EQ(mona.get("/api/v1/reports/sla?target=resolution").json().root()["total"]["kept"].integer(), 0);
    EXPECT_EQ(mona.get("/api/v1/reports/sla?target=lunch").status, 400);
}

TEST_F(ReportsTest, a_ticket_that_is_late_now_is_counted_where_now_is_part_of_the_period) {
    house.hear("awful coffee today");
    house.clock.advance(30min);
    mona = house.sign_in("Mona");
    EXPECT_EQ(mona.get("/api/v1/reports/sla").json().root()["total"]["late_now"].integer(), 1);
    const auto past = mona.get("/api/v1/reports/sla?since=2026-02-01&until=2026-02-02").json();
    EXPECT_TRUE(past.root()["total"]["late_now"].is_null());
}

TEST_F(ReportsTest, speed_has_median_p90_and_mean_by_class_and_for_all) {
    for (const auto minutes : {2, 4, 12}) {
        const auto ticket = house.hear("awful coffee", "nasma", "author" + std::to_string(minutes));
        house.clock.advance(std::chrono::minutes(minutes));
        answer(ticket);
    }
    const auto json = mona.get("/api/v1/reports/speed").json();
    const auto total = json.root()["total"];
    EXPECT_EQ(total["answers"].integer(), 3);
    EXPECT_EQ(total["median_seconds"].integer(), 240);
    EXPECT_EQ(total["p90_seconds"].integer(), 720);
    EXPECT_EQ(total["mean_seconds"].integer(), 360);
    const auto social = json.root()["classes"].at(1);
    EXPECT_EQ(social["negative_median_seconds"].integer(), 240);
    EXPECT_TRUE(social["median_seconds"].is_null());
}

TEST_F(ReportsTest, volume_is_compared_with_as_many_days_before) {
    say("nasma", Polarity::negative, {"complaints"});
    say("nasma", Polarity::positive, {"complaints"}, 25h);
    say("nasma", Polarity::neutral, {"complaints"}, 49h);
    const auto json = mona.get("/api/v1/reports/volume?days=2&compare=previous").json();
    const auto root = json.root();
    EXPECT_EQ(root["total"]["mentions"].integer(), 2);
    EXPECT_EQ(root["days"].at(1)["negative"].integer(), 1);
    EXPECT_EQ(root["hours"].at(14)["mentions"].integer(), 2);
    EXPECT_EQ(root["sources"].at(0)["source"].text_or(""), "toots");
    const auto previous = root["previous"];
    EXPECT_EQ(previous["since"].text_or(""), "2026-02-26");
    EXPECT_EQ(previous["until"].text_or(""), "2026-02-27");
    EXPECT_EQ(previous["total"]["neutral"].integer(), 1);
    EXPECT_FALSE(mona.get("/api/v1/reports/volume").json().root()["previous"].exists());
    EXPECT_EQ(mona.get("/api/v1/reports/volume?compare=tomorrow").status, 400);
}

TEST_F(ReportsTest, a_manager_of_some_brands_gets_those_and_others_are_not_there) {
    say("nasma", Polarity::negative, {"complaints"}, 1h, "hind_z", {"secret"});
    say("saba", Polarity::positive, {"second house"}, 1h, "other", {"tea"});
    house.hear("awful coffee today", "nasma");
    auto nora = house.sign_in("Nora");
    const auto json = nora.get("/api/v1/reports/volume").json();
    EXPECT_EQ(json.root()["total"]["mentions"].integer(), 1);
    ASSERT_EQ(json.root()["choices"]["brands"].items().size(), 1U);
    EXPECT_EQ(json.root()["choices"]["brands"].at(0).string(), "saba");
    for (const auto* report :
         {"sla", "speed", "workload", "pauses", "volume", "voice", "topics", "authors", "incidents"}) {
        const auto whole = nora.get("/api/v1/reports/" + std::string(report));
        EXPECT_EQ(whole.status, 200) << report;
        EXPECT_EQ(whole.body.find("nasma"), std::string::npos) << whole.body;
        EXPECT_EQ(whole.body.find("secret"), std::string::npos) << whole.body;
        EXPECT_EQ(nora.get("/api/v1/reports/" + std::string(report) + "?brand=nasma").status, 404) << report;
        EXPECT_EQ(nora.get("/api/v1/reports/" + std::string(report) + ".csv?brand=nasma").status, 404) << report;
    }
    EXPECT_EQ(nora.get("/api/v1/reports/workload").json().root()["total"]["opened"].integer(), 0);
    EXPECT_EQ(mona.get("/api/v1/reports/workload").json().root()["total"]["opened"].integer(), 1);
    EXPECT_EQ(mona.get("/api/v1/reports/workload?brand=saba").json().root()["total"]["opened"].integer(), 0);
    EXPECT_EQ(mona.get("/api/v1/reports/workload?queue=care").json().root()["total"]["opened"].integer(), 1);
    EXPECT_EQ(mona.get("/api/v1/reports/workload?queue=other").json().root()["total"]["opened"].integer(), 0);
}

TEST_F(ReportsTest, share_of_voice_tells_own_brands_and_competitors) {
    say("nasma", Polarity::negative, {"complaints", "theirs"});
    say("nasma", Polarity::negative, {"complaints"});
    say("", Polarity::neutral, {"theirs"});
    const auto json = mona.get("/api/v1/reports/voice").json();
    const auto brands = json.root()["brands"];
    EXPECT_EQ(brands.items().size(), 3U);
    EXPECT_EQ(brands.at(0)["share"].number(), 0.5);
    for (const auto brand : brands.items())
        EXPECT_EQ(brand["competitor"].boolean(), brand["brand"].string() == "Bean & Co");
}

TEST_F(ReportsTest, a_file_guards_what_a_spreadsheet_would_run) {
    say("nasma", Polarity::negative, {"complaints"}, 1h, "=HYPERLINK(\"http://evil.example\")", {"@SUM(A1)"});
    say("nasma", Polarity::negative, {"complaints"}, 1h, "+cmd", {"\tx"});
    const auto authors = mona.get("/api/v1/reports/authors.csv");
    ASSERT_EQ(authors.status, 200) << authors.body;
    EXPECT_EQ(authors.header("Content-Type"), "text/csv; charset=utf-8");
    EXPECT_NE(authors.header("Content-Disposition").find("authors-authors-2026-01-31-2026-03-01.csv"),
              std::string::npos);
    EXPECT_TRUE(authors.body.starts_with("\xEF\xBB\xBFsince,until,platform,handle,name,followers,last_at,mentions,"));
    EXPECT_NE(authors.body.find("\"'=HYPERLINK(\"\"http://evil.example\"\")\""), std::string::npos) << authors.body;
    EXPECT_NE(authors.body.find(",'+cmd,"), std::string::npos) << authors.body;
    const auto topics = mona.get("/api/v1/reports/topics.csv");
    EXPECT_NE(topics.body.find(",'@SUM(A1),1,1,0,0\r\n"), std::string::npos) << topics.body;
    EXPECT_NE(topics.body.find(",'\tx,"), std::string::npos) << topics.body;
    const std::lock_guard lock(house.told.mutex);
    EXPECT_TRUE(std::ranges::any_of(house.told.audit,
                                    [](const AuditRecord& record) { return record.action == "report_exported"; }));
}

TEST_F(ReportsTest, a_file_is_one_list_of_a_report_with_the_earlier_period_behind_it) {
    say("nasma", Polarity::negative, {"complaints"});
    say("nasma", Polarity::neutral, {"complaints"}, 24h);
    const auto file = mona.get("/api/v1/reports/volume.csv?days=1&table=days&compare=previous");
    EXPECT_EQ(file.body, "\xEF\xBB\xBFsince,until,day,mentions,negative,neutral,positive\r\n"
                         "2026-03-01,2026-03-01,2026-03-01,1,1,0,0\r\n"
                         "2026-02-28,2026-02-28,2026-02-28,1,0,1,0\r\n");
    EXPECT_EQ(mona.get("/api/v1/reports/volume.csv?table=nonsense").status, 400);
    EXPECT_NE(mona.get("/api/v1/reports/sla.csv").body.find("queue,kept,missed"), std::string::npos);
}

TEST_F(ReportsTest, incidents_found_in_the_period_are_listed) {
    const auto ticket = house.hear("awful coffee today");
    house.write([ticket, now = house.clock.now()](Store& store) {
        IncidentRise rise;
        rise.ticket = ticket;
        rise.series = {"nasma", Series::Kind::rule, "complaints"};
        rise.incident = {.began_at = now - 90min,
                         .found_at = now - 1h,
                         .ended_at = now,
                         .expected = 4.2,
                         .found_with = 30,
                         .peak = 90,
                         .members = 412,
                         .reason = {"incident.volume", {"30", "4.2"}}};
        store.put_rises({rise});
    });
    const auto json = mona.get("/api/v1/reports/incidents").json();
    EXPECT_EQ(json.root()["total"]["incidents"].integer(), 1);
    const auto incident = json.root()["incidents"].at(0);
    EXPECT_EQ(incident["series"].text_or(""), "rule:complaints");
    EXPECT_EQ(incident["seconds"].integer(), 5400);
    EXPECT_EQ(incident["peak"].integer(), 90);
    EXPECT_EQ(mona.get("/api/v1/reports/incidents?since=2026-02-01&until=2026-02-02")
                  .json()
                  .root()["total"]["incidents"]
                  .integer(),
              0);
}

TEST_F(ReportsTest, are_for_managers_and_refuse_what_they_cannot_read) {
    auto sara = house.sign_in("Sara");
    EXPECT_EQ(sara.get("/api/v1/reports/sla").status, 403);
    EXPECT_EQ(sara.get("/api/v1/reports/sla.csv").status, 403);
    EXPECT_EQ(house.stranger().get("/api/v1/reports/sla").status, 401);
    EXPECT_EQ(mona.get("/api/v1/reports/nonsense").status, 404);
    EXPECT_EQ(mona.get("/api/v1/reports/sla.exe").status, 404);
    for (const auto* query : {"days=0", "days=367", "days=x", "since=2026-03-02&until=2026-03-01", "since=tomorrow",
                              "until=2026-03-01", "since=2024-01-01&until=2026-03-01"})
        EXPECT_EQ(mona.get("/api/v1/reports/sla?" + std::string(query)).status, 400) << query;
    EXPECT_EQ(mona.get("/api/v1/reports/sla?queue=" + std::string(300, 'q')).status, 400);
    EXPECT_EQ(mona.get("/api/v1/reports/sla?since=2026-02-20").json().root()["until"].text_or(""), "2026-03-01");
}

}  // namespace
}  // namespace rasid

#include "core/limits.hpp"
#include "tests/web/web_house.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

/// The queue by filters, filters under names, snoozing, and what stands above the queue.
class QueueViewsTest : public testing::Test {
protected:
    HttpAnswer act(const std::string& ticket, const std::string& body) {
        const auto version = house.write([ticket](Store& store) { return store.ticket(ticket)->version; });
        return sara.change(
            "POST", "/api/v1/tickets/" + ticket + "/actions", body,
            {{"If-Match", std::to_string(version)}, {"Idempotency-Key", "key-" + std::to_string(++keys_)}});
    }
    static std::vector<std::string> ids(const HttpAnswer& answer) {
        std::vector<std::string> list;
        const auto json = answer.json();
        for (const auto row : json.root()["tickets"].items()) list.push_back(row["id"].text_or(""));
        return list;
    }

    WebHouse house;
    Browser sara = house.sign_in("Sara");
    Browser mona = house.sign_in("Mona");

private:
    int keys_ = 0;
};

TEST_F(QueueViewsTest, the_filter_of_a_list_is_in_its_address) {
    const auto angry = house.hear("awful coffee", "nasma", "a");
    const auto glad = house.hear("lovely coffee", "saba", "b", Polarity::positive);
    ASSERT_EQ(act(angry, R"({"action":"label","label":"late order"})").status, 200);
    EXPECT_EQ(ids(sara.get("/api/v1/tickets?sentiment=negative")), (std::vector<std::string>{angry}));
    EXPECT_EQ(ids(sara.get("/api/v1/tickets?brand=saba&sentiment=positive")), (std::vector<std::string>{glad}));
    EXPECT_EQ(ids(sara.get("/api/v1/tickets?label=late%20order&language=en")), (std::vector<std::string>{angry}));
    EXPECT_EQ(ids(sara.get("/api/v1/tickets?assignee=me")), std::vector<std::string>{});
    EXPECT_EQ(sara.get("/api/v1/tickets?priority=urgent").status, 400);
    const auto row = sara.get("/api/v1/tickets?label=late%20order").json();
    EXPECT_EQ(row.root()["tickets"].at(0)["labels"].at(0).text_or(""), "late order");
    auto omar = house.sign_in("Omar");
    EXPECT_EQ(ids(omar.get("/api/v1/tickets?brand=nasma")), std::vector<std::string>{}) << "a brand he does not see";
}

TEST_F(QueueViewsTest, a_snoozed_ticket_leaves_and_returns_and_its_undo_brings_it_back_at_once) {
    const auto ticket = house.hear("awful coffee");
    const auto answer = act(ticket, R"({"action":"snooze","for":"tomorrow"})");
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(answer.json().root()["ticket"]["snoozed_until"].text_or(""), "2026-03-02T06:00:00.000Z")
        << "nine o'clock in Riyadh";
    auto list = sara.get("/api/v1/tickets");
    EXPECT_TRUE(ids(list).empty());
    EXPECT_EQ(list.json().root()["counts"]["waiting"].integer(), 0);
    EXPECT_EQ(list.json().root()["counts"]["snoozed"].integer(), 1);
    EXPECT_EQ(ids(sara.get("/api/v1/tickets?view=snoozed")), (std::vector<std::string>{ticket}));
    const auto undone =
        act(ticket, R"({"action":"undo","event":")" + answer.json().root()["event"].text_or("") + R"("})");
    ASSERT_EQ(undone.status, 200) << undone.body;
    EXPECT_TRUE(undone.json().root()["ticket"]["snoozed_until"].is_null());
    EXPECT_EQ(ids(sara.get("/api/v1/tickets")), (std::vector<std::string>{ticket}));
    EXPECT_EQ(act(ticket, R"({"action":"snooze","until":"2026-03-01T12:00:00Z"})").status, 409) << "now is no later";
    EXPECT_EQ(act(ticket, R"({"action":"snooze","until":"2026-03-01T15:00:00Z"})").status, 200);
    EXPECT_EQ(act(ticket, R"({"action":"wake"})").status, 200);
}

TEST_F(QueueViewsTest, a_view_is_kept_for_oneself_with_its_count) {
    house.hear("awful coffee", "nasma", "a");
    const auto kept = sara.change("PUT", "/api/v1/views/angry%20ones", R"({"filter":{"sentiment":"negative"}})");
    ASSERT_EQ(kept.status, 200) << kept.body;
    const auto json = sara.get("/api/v1/views").json();
    const auto view = json.root()["views"].at(0);
    EXPECT_EQ(view["name"].text_or(""), "angry ones");
    EXPECT_EQ(view["filter"]["sentiment"].text_or(""), "negative");
    EXPECT_EQ(view["filter"]["view"].text_or(""), "waiting");
    EXPECT_EQ(view["count"]["count"].integer(), 1);
    EXPECT_EQ(view["count"]["more"].boolean(), false);
    EXPECT_EQ(view["made_by"]["name"].text_or(""), "Sara");
    EXPECT_EQ(view["shared"].boolean(), false);
    EXPECT_TRUE(mona.get("/api/v1/views").json().root()["views"].items().empty()) << "nobody else's";
    EXPECT_EQ(mona.change("DELETE", "/api/v1/views/angry%20ones", "").status, 404);
    EXPECT_EQ(sara.change("DELETE", "/api/v1/views/angry%20ones", "").status, 204);
    EXPECT_TRUE(sara.get("/api/v1/views").json().root()["views"].items().empty());
}

TEST_F(QueueViewsTest, a_manager_shares_a_view_and_everybody_counts_his_own_tickets_in_it) {
    house.hear("awful coffee", "nasma", "a");
    house.hear("awful coffee", "saba", "b");
    const auto body = R"({"filter":{"view":"all"},"shared":true})";
    EXPECT_EQ(sara.change("PUT", "/api/v1/views/all", body).status, 403);
    ASSERT_EQ(mona.change("PUT", "/api/v1/views/all", body).status, 200);
    auto omar = house.sign_in("Omar");
    const auto his = omar.get("/api/v1/views").json();
    EXPECT_EQ(his.root()["views"].at(0)["count"]["count"].integer(), 1) << "of his brand";
    EXPECT_EQ(his.root()["views"].at(0)["editable"].boolean(), false);
    EXPECT_EQ(sara.get("/api/v1/views").json().root()["views"].at(0)["count"]["count"].integer(), 2);
    EXPECT_EQ(sara.change("DELETE", "/api/v1/views/all?shared=true", "").status, 403);
    EXPECT_EQ(mona.change("DELETE", "/api/v1/views/all?shared=true", "").status, 204);
}

TEST_F(QueueViewsTest, refuses_views_that_are_none_and_more_than_a_person_may_keep) {
    for (const char* bad : {R"({})", R"({"filter":[]})", R"({"filter":{"colour":"red"}})", R"({"filter":{"view":3}})",
                            R"({"filter":{"priority":"urgent"}})", R"({"filter":{},"owner":"me"})"})
        EXPECT_EQ(sara.change("PUT", "/api/v1/views/x", bad).status, 400) << bad;
    EXPECT_EQ(sara.change("PUT", "/api/v1/views/" + std::string(101, 'x'), R"({"filter":{}})").status, 400);
    for (std::size_t i = 0; i < limits::kViews; ++i)
        ASSERT_EQ(sara.change("PUT", "/api/v1/views/v" + std::to_string(i), R"({"filter":{}})").status, 200);
    EXPECT_EQ(sara.change("PUT", "/api/v1/views/one-more", R"({"filter":{}})").status, 409);
    EXPECT_EQ(sara.change("PUT", "/api/v1/views/v7", R"({"filter":{"view":"late"}})").status, 200) << "a known one";
    EXPECT_EQ(mona.change("PUT", "/api/v1/views/one-more", R"({"filter":{}})").status, 200);
}

TEST_F(QueueViewsTest, failing_sources_and_stuck_mail_are_told_with_who_can_mend_them) {
    auto quiet = sara.get("/api/v1/notices").json();
    EXPECT_TRUE(quiet.root()["sources"].items().empty());
    EXPECT_TRUE(quiet.root()["mail"].is_null());
    const auto written = house.clock.now();
    house.write([written](Store& store) {
        store.put_source({.name = "fedi", .kind = "mastodon", .state = "failing"});
        store.put_source({.name = "feed", .kind = "feed", .state = "healthy"});
        store.put_outbox({.id = "o1", .kind = "escalation", .key = "o1", .created_at = written, .not_before = written});
    });
    EXPECT_TRUE(sara.get("/api/v1/notices").json().root()["mail"].is_null()) << "it has waited for no time yet";
    house.clock.advance(11min);
    const auto told = sara.get("/api/v1/notices").json();
    ASSERT_EQ(told.root()["sources"].items().size(), 1u);
    EXPECT_EQ(told.root()["sources"].at(0)["name"].text_or(""), "fedi");
    EXPECT_EQ(told.root()["mail"]["count"].integer(), 1);
    EXPECT_EQ(told.root()["can_fix"].at(0)["name"].text_or(""), "Adam");
}

}  // namespace
}  // namespace rasid

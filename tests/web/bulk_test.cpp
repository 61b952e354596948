#include "core/limits.hpp"
#include "tests/web/web_house.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

/// Some tickets, and Sara, who changes several of them at once.
class BulkTest : public testing::Test {
protected:
    std::vector<std::string> hear(int count) {
        std::vector<std::string> ids;
        for (int i = 0; i < count; ++i)
            ids.push_back(house.hear("awful coffee", "nasma", "author_" + std::to_string(++authors_)));
        return ids;
    }
    Ticket stored(const std::string& id) {
        return house.write([id](Store& store) { return *store.ticket(id); });
    }
    std::string listed(const std::vector<std::string>& ids) {
        std::string list;
        for (const auto& id : ids)
            list += (list.empty() ? "" : ",") + std::string(R"({"id":")") + id + R"(","version":)" +
                    std::to_string(stored(id).version) + "}";
        return "[" + list + "]";
    }
    HttpAnswer bulk(const std::string& members, const std::string& key) {
        return sara.change("POST", "/api/v1/tickets/bulk", "{" + members + "}", {{"Idempotency-Key", key}});
    }
    HttpAnswer bulk(const std::string& members) { return bulk(members, "key-" + std::to_string(++keys_)); }

    WebHouse house;
    Browser sara = house.sign_in("Sara");

private:
    int authors_ = 0;
    int keys_ = 0;
};

TEST_F(BulkTest, does_one_thing_to_several_tickets_and_undoes_it_together) {
    const auto ids = hear(3);
    const auto answer = bulk(R"("action":"resolve","tickets":)" + listed(ids));
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto json = answer.json();
    ASSERT_EQ(json.root()["done"].items().size(), 3u);
    EXPECT_TRUE(json.root()["refused"].items().empty());
    EXPECT_EQ(house.told.tickets_changed, 1);
    std::string undo;
    for (const auto done : json.root()["done"].items()) {
        const auto id = done["id"].text_or("");
        EXPECT_EQ(stored(id).state, TicketState::resolved);
        EXPECT_EQ(done["version"].integer(), stored(id).version);
        undo += (undo.empty() ? "" : ",") + std::string(R"({"id":")") + id + R"(","event":")" +
                done["event"].text_or("") + R"("})";
    }
    const auto undone = bulk(R"("action":"undo","tickets":[)" + undo + "]");
    ASSERT_EQ(undone.status, 200) << undone.body;
    for (const auto& id : ids) {
        EXPECT_EQ(stored(id).state, TicketState::open);
        const auto events = house.write([id](Store& store) { return store.events_of(id); });
        EXPECT_EQ(events.back().kind, TicketEventKind::undone) << "both stay on record";
    }
}

TEST_F(BulkTest, labels_snoozes_and_assigns) {
    const auto ids = hear(2);
    EXPECT_EQ(bulk(R"("action":"label","label":"refund","tickets":)" + listed(ids)).status, 200);
    EXPECT_EQ(bulk(R"("action":"snooze","for":"hour","tickets":)" + listed(ids)).status, 200);
    const auto person = house.person_id("Mona");
    EXPECT_EQ(bulk(R"("action":"assign","person":")" + person + R"(","tickets":)" + listed(ids)).status, 200);
    for (const auto& id : ids) {
        const auto ticket = stored(id);
        EXPECT_EQ(ticket.labels, (std::vector<std::string>{"refund"}));
        EXPECT_EQ(ticket.snoozed_until, house.clock.now() + 1h);
        EXPECT_EQ(ticket.assignee, person);
    }
}

TEST_F(BulkTest, what_one_ticket_refuses_is_told_and_the_others_are_changed) {
    const auto ids = hear(2);
    const auto foreign = house.hear("awful coffee", "saba", "stranger");
    const auto list = R"([{"id":")" + ids[0] + R"(","version":)" + std::to_string(stored(ids[0]).version) +
                      R"(},{"id":")" + ids[1] + R"(","version":99},{"id":"nobody","version":1}])";
    auto answer = bulk(R"("action":"resolve","tickets":)" + list);
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto json = answer.json();
    EXPECT_EQ(json.root()["done"].items().size(), 1u);
    EXPECT_EQ(json.root()["refused"].at(0)["id"].text_or(""), ids[1]);
    EXPECT_EQ(json.root()["refused"].at(0)["code"].text_or(""), "stale_version");
    EXPECT_EQ(json.root()["refused"].at(0)["number"].integer(), stored(ids[1]).number);
    EXPECT_EQ(json.root()["refused"].at(1)["code"].text_or(""), "not_found");
    EXPECT_EQ(stored(ids[0]).state, TicketState::resolved);
    EXPECT_EQ(stored(ids[1]).state, TicketState::open);

    auto omar = house.sign_in("Omar");  // of the brand saba only
    const auto other = omar.change("POST", "/api/v1/tickets/bulk",
                                   R"({"action":"resolve","tickets":)" + listed({ids[1], foreign}) + "}",
                                   {{"Idempotency-Key", "omar"}});
    ASSERT_EQ(other.status, 200) << other.body;
    EXPECT_EQ(other.json().root()["done"].at(0)["id"].text_or(""), foreign);
    EXPECT_EQ(other.json().root()["refused"].at(0)["code"].text_or(""), "not_found");
}

TEST_F(BulkTest, more_than_a_few_are_changed_only_by_somebody_who_knows_how_many) {
    const auto ids = hear(static_cast<int>(limits::kBulkUnasked) + 1);
    const auto order = R"("action":"label","label":"x","tickets":)" + listed(ids);
    const auto asked = bulk(order);
    ASSERT_EQ(asked.status, 409) << asked.body;
    EXPECT_EQ(asked.code(), "not_confirmed");
    EXPECT_EQ(asked.json().root()["count"].integer(), 26);
    EXPECT_TRUE(stored(ids[0]).labels.empty());
    EXPECT_EQ(bulk(order + R"(,"confirm":25)").status, 409);
    EXPECT_EQ(bulk(order + R"(,"confirm":26)").status, 200);
    EXPECT_EQ(stored(ids.back()).labels.size(), 1u);
}

TEST_F(BulkTest, a_filter_stands_for_what_it_shows_once_the_number_is_confirmed) {
    const auto ids = hear(3);
    EXPECT_EQ(bulk(R"("action":"label","label":"vip","tickets":)" + listed({ids[0], ids[1]})).status, 200);
    const auto order = std::string(R"("action":"resolve","filter":{"view":"waiting","label":"vip"})");
    const auto asked = bulk(order);
    ASSERT_EQ(asked.status, 409) << asked.body;
    EXPECT_EQ(asked.json().root()["count"].integer(), 2);
    EXPECT_EQ(asked.json().root()["more"].boolean(), false);
    const auto done = bulk(order + R"(,"confirm":2)");
    ASSERT_EQ(done.status, 200) << done.body;
    EXPECT_EQ(stored(ids[0]).state, TicketState::resolved);
    EXPECT_EQ(stored(ids[1]).state, TicketState::resolved);
    EXPECT_EQ(stored(ids[2]).state, TicketState::open);
    EXPECT_EQ(bulk(order + R"(,"confirm":2)").status, 409) << "it shows none any more";
}

TEST_F(BulkTest, the_same_key_does_it_once) {
    const auto ids = hear(1);
    const auto order = R"("action":"label","label":"x","tickets":)" + listed(ids);
    const auto first = bulk(order, "again");
    ASSERT_EQ(first.status, 200) << first.body;
    EXPECT_EQ(bulk(order, "again").body, first.body);
    EXPECT_EQ(sara.change("POST", "/api/v1/tickets/bulk", "{" + order + "}").status, 400) << "without a key";
}

TEST_F(BulkTest, refuses_what_it_cannot_read_and_what_leaves_the_house) {
    const auto ids = hear(1);
    const auto list = listed(ids);
    for (const auto& bad : std::vector<std::string>{
             R"("action":"reply","text":"hello","tickets":)" + list, R"("action":"dance","tickets":)" + list,
             R"("action":"resolve")", R"("action":"resolve","tickets":[])",
             R"("action":"resolve","tickets":[{"id":"x"}])",
             R"("action":"resolve","tickets":)" + list + R"(,"filter":{})",
             R"("action":"resolve","filter":{"colour":"red"})", R"("action":"resolve","filter":{"view":"nonsense"})",
             R"("action":"undo","filter":{"view":"waiting"})", R"("action":"label","tickets":)" + list,
             R"("action":"resolve","force":true,"tickets":)" + list})
        EXPECT_EQ(bulk(bad).status, 400) << bad;
    const auto queued =
        sara.change("POST", "/api/v1/tickets/" + ids[0] + "/actions", R"({"action":"reply","text":"hi"})",
                    {{"If-Match", std::to_string(stored(ids[0]).version)}, {"Idempotency-Key", "r"}});
    ASSERT_EQ(queued.status, 200) << queued.body;
    const auto undo = bulk(R"("action":"undo","tickets":[{"id":")" + ids[0] + R"(","event":")" +
                           queued.json().root()["event"].text_or("") + R"("}])");
    EXPECT_EQ(undo.json().root()["refused"].at(0)["code"].text_or(""), "not_possible");
    EXPECT_NE(stored(ids[0]).pending_reply, "");
}

}  // namespace
}  // namespace rasid

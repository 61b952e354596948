#include "tests/web/web_house.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace rasid {
namespace {

using namespace std::chrono_literals;

/// One ticket and the person who works on it.
class TicketActionsTest : public testing::Test {
protected:
    HttpAnswer act(const std::string& body, std::int64_t version, const std::string& key) {
        return sara.change("POST", "/api/v1/tickets/" + ticket + "/actions", body,
                           {{"If-Match", std::to_string(version)}, {"Idempotency-Key", key}});
    }
    /// On the version that stands.
    HttpAnswer act(const std::string& body) { return act(body, version(), "key-" + std::to_string(++keys_)); }
    std::int64_t version() {
        return house.write([id = ticket](Store& store) { return store.ticket(id)->version; });
    }
    Ticket stored() {
        return house.write([id = ticket](Store& store) { return *store.ticket(id); });
    }
    std::optional<OutboxItem> outbox(const std::string& event) {
        return house.write([event](Store& store) { return store.outbox_item(event); });
    }

    WebHouse house;
    std::string ticket = house.hear("awful coffee today");
    Browser sara = house.sign_in("Sara");

private:
    int keys_ = 0;
};

TEST_F(TicketActionsTest, taking_assigns_and_acknowledges) {
    const auto answer = act(R"({"action":"take"})");
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto json = answer.json();
    EXPECT_EQ(json.root()["ticket"]["assignee"]["name"].text_or(""), "Sara");
    EXPECT_EQ(json.root()["ticket"]["acknowledged_by"]["name"].text_or(""), "Sara");
    EXPECT_EQ(json.root()["ticket"]["version"].integer(), version());
    EXPECT_TRUE(json.root()["undo_until"].is_null());
    EXPECT_EQ(house.told.tickets_changed, 1);
}

TEST_F(TicketActionsTest, of_two_who_take_at_once_one_wins_and_the_other_is_told_who_has_it) {
    auto mona = house.sign_in("Mona");
    const auto seen = version();
    std::vector<HttpAnswer> answers(2);
    std::thread other([&] {
        answers[1] = mona.change("POST", "/api/v1/tickets/" + ticket + "/actions", R"({"action":"take"})",
                                 {{"If-Match", std::to_string(seen)}, {"Idempotency-Key", "mona"}});
    });
    answers[0] = act(R"({"action":"take"})", seen, "sara");
    other.join();
    const auto& lost = answers[answers[0].status == 200 ? 1 : 0];
    const auto& won = answers[answers[0].status == 200 ? 0 : 1];
    ASSERT_EQ(won.status, 200) << won.body;
    ASSERT_EQ(lost.status, 409) << lost.body;
    EXPECT_EQ(lost.code(), "stale_version");
    const auto holder = won.json().root()["ticket"]["assignee"]["name"].text_or("");
    EXPECT_EQ(lost.json().root()["ticket"]["assignee"]["name"].text_or("-"), holder);
    EXPECT_EQ(stored().assignee, house.person_id(holder));
}

TEST_F(TicketActionsTest, the_row_is_as_the_contract_says) {
    const auto answer = sara.get("/api/v1/tickets");
    ASSERT_EQ(answer.status, 200);
    const auto json = answer.json();
    EXPECT_EQ(json.root()["now"].text_or(""), "2026-03-01T12:00:00.000Z");
    EXPECT_EQ(json.root()["counts"]["waiting"].integer(), 1);
    EXPECT_EQ(json.root()["queues"].at(0)["name"].text_or(""), "care");
    EXPECT_TRUE(json.root()["next"].is_null());
    const auto row = json.root()["tickets"].at(0);
    EXPECT_EQ(row["id"].text_or(""), ticket);
    EXPECT_EQ(row["author"]["followers"].integer(), 8412);
    EXPECT_EQ(row["text"].text_or(""), "awful coffee today");
    EXPECT_EQ(row["sentiment"]["label"].text_or(""), "negative");
    EXPECT_EQ(row["clocks"].at(0)["target"].text_or(""), "first_response");
    EXPECT_EQ(row["clocks"].at(0)["due_at"].text_or(""), "2026-03-01T12:15:00.000Z");
    EXPECT_EQ(row["clocks"].at(0)["target_seconds"].integer(), 900);
    EXPECT_EQ(row["clocks"].at(0)["state"].text_or(""), "running");
    EXPECT_EQ(row["can"].at(0).text_or(""), "reply");
    EXPECT_TRUE(row["customer"].is_null());
    EXPECT_TRUE(row["assignee"].is_null());
    for (const auto* member :
         {"number", "version", "state", "priority", "queue", "brand", "platform", "source", "language", "tags", "rules",
          "url", "created_at", "updated_at", "mentions", "acknowledged_by"}) {
        EXPECT_TRUE(row[member].exists()) << member;
    }
}

TEST_F(TicketActionsTest, the_pane_tells_thread_history_and_reasons) {
    ASSERT_EQ(act(R"({"action":"note","text":"called the branch"})").status, 200);
    const auto json = sara.get("/api/v1/tickets/" + ticket).json();
    EXPECT_EQ(json.root()["thread"].at(0)["text"].text_or(""), "awful coffee today");
    EXPECT_EQ(json.root()["thread"].at(0)["direction"].text_or(""), "in");
    EXPECT_EQ(json.root()["thread"].at(0)["hits"].at(0)["rule"].text_or(""), "complaints");
    EXPECT_EQ(json.root()["history"].at(0)["kind"].text_or(""), "opened");
    EXPECT_EQ(json.root()["history"].at(1)["kind"].text_or(""), "noted");
    EXPECT_EQ(json.root()["history"].at(1)["by"]["name"].text_or(""), "Sara");
    EXPECT_GT(json.root()["reasons"].items().size(), 0u);
    EXPECT_TRUE(json.root()["pending_reply"].is_null());
}

TEST_F(TicketActionsTest, the_pane_tells_reasons_in_the_language_of_the_account) {
    ASSERT_EQ(sara.change("PATCH", "/api/v1/session/person", R"({"language":"ar"})").status, 200);
    const auto json = sara.get("/api/v1/tickets/" + ticket).json();
    EXPECT_EQ(json.root()["reasons"].at(0).text_or(""), "طابقت القاعدة «\u2068complaints\u2069»: «\u2068coffee\u2069»");
    EXPECT_EQ(json.root()["reasons"].at(1).text_or(""), "أولوية القاعدة عالية: \u2068+50\u2069");
    EXPECT_EQ(json.root()["priority_reasons"].at(0).text_or(""), "أولوية القاعدة عالية: \u2068+50\u2069");
}

TEST_F(TicketActionsTest, a_reply_waits_ten_seconds_in_the_outbox) {
    const auto answer = act(R"({"action":"reply","text":"We are sorry."})");
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto json = answer.json();
    EXPECT_EQ(json.root()["undo_until"].text_or(""), "2026-03-01T12:00:10.000Z");
    const auto event = json.root()["event"].text_or("");
    const auto item = outbox(event);
    ASSERT_TRUE(item);
    EXPECT_EQ(item->kind, "reply");
    EXPECT_EQ(item->key, event);
    EXPECT_EQ(item->to, "toots");
    EXPECT_EQ(item->not_before, house.clock.now() + 10s);
    const auto payload = parse_json(item->payload);
    EXPECT_EQ(payload->root()["token"].text_or(""), "token-1");
    EXPECT_EQ(payload->root()["text"].text_or(""), "We are sorry.");
    EXPECT_EQ(house.told.outbox_changed, 1);
    EXPECT_EQ(sara.get("/api/v1/tickets/" + ticket).json().root()["pending_reply"]["text"].text_or(""),
              "We are sorry.");
}

TEST_F(TicketActionsTest, a_reply_goes_to_the_newest_mention) {
    ASSERT_EQ(house.hear("coffee again"), ticket);
    const auto event = act(R"({"action":"reply","text":"Sorry."})").json().root()["event"].text_or("");
    EXPECT_EQ(parse_json(outbox(event)->payload)->root()["token"].text_or(""), "token-2");
}

TEST_F(TicketActionsTest, a_held_reply_can_be_undone_and_is_then_not_sent) {
    const auto event = act(R"({"action":"reply","text":"Wrong."})").json().root()["event"].text_or("");
    const auto undone = act(R"({"action":"undo","event":")" + event + "\"}");
    ASSERT_EQ(undone.status, 200) << undone.body;
    EXPECT_EQ(outbox(event)->state, OutboxState::cancelled);
    EXPECT_EQ(stored().pending_reply, "");
    EXPECT_EQ(house.told.outbox_changed, 2);
}

TEST_F(TicketActionsTest, a_reply_that_has_left_cannot_be_undone) {
    const auto event = act(R"({"action":"reply","text":"Gone."})").json().root()["event"].text_or("");
    house.write([event](Store& store) {
        auto item = *store.outbox_item(event);
        item.state = OutboxState::sending;
        store.update_outbox(item);
    });
    const auto before = version();
    const auto answer = act(R"({"action":"undo","event":")" + event + "\"}");
    EXPECT_EQ(answer.status, 409);
    EXPECT_EQ(answer.code(), "not_possible");
    EXPECT_EQ(version(), before);
    EXPECT_EQ(outbox(event)->state, OutboxState::sending);
}

TEST_F(TicketActionsTest, only_what_the_source_can_do_is_done) {
    EXPECT_EQ(act(R"({"action":"like"})").status, 200);
    const auto answer = act(R"({"action":"hide"})");
    EXPECT_EQ(answer.status, 409);
    EXPECT_EQ(answer.code(), "not_possible");
}

TEST_F(TicketActionsTest, the_same_key_gives_the_same_answer_and_no_second_effect) {
    const auto seen = version();
    const auto first = act(R"({"action":"reply","text":"Once."})", seen, "double-click");
    const auto second = act(R"({"action":"reply","text":"Once."})", seen, "double-click");
    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(second.status, 200);
    EXPECT_EQ(first.body, second.body);
    EXPECT_EQ(version(), seen + 1);
    EXPECT_EQ(house.told.outbox_changed, 1);
}

TEST_F(TicketActionsTest, an_old_version_is_refused_with_the_ticket_as_it_is) {
    const auto seen = version();
    ASSERT_EQ(act(R"({"action":"take"})").status, 200);
    const auto answer = act(R"({"action":"resolve"})", seen, "late");
    EXPECT_EQ(answer.status, 409);
    EXPECT_EQ(answer.code(), "stale_version");
    EXPECT_EQ(answer.json().root()["ticket"]["version"].integer(), version());
    EXPECT_EQ(stored().state, TicketState::open);
}

TEST_F(TicketActionsTest, what_is_not_possible_says_why) {
    const auto answer = act(R"({"action":"reopen"})");
    EXPECT_EQ(answer.status, 409);
    EXPECT_EQ(answer.code(), "not_possible");
    EXPECT_FALSE(answer.json().root()["detail"].text_or("").empty());
}

TEST_F(TicketActionsTest, resolving_and_undoing_it_is_all_in_the_history) {
    const auto event = act(R"({"action":"resolve"})").json().root()["event"].text_or("");
    EXPECT_EQ(stored().state, TicketState::resolved);
    ASSERT_EQ(act(R"({"action":"undo","event":")" + event + "\"}").status, 200);
    EXPECT_EQ(stored().state, TicketState::open);
    const auto history = sara.get("/api/v1/tickets/" + ticket).json();
    EXPECT_EQ(history.root()["history"].at(1)["undone"].boolean(), true);
}

TEST_F(TicketActionsTest, bodies_are_read_strictly) {
    for (const auto* body : {R"({"action":"dance"})", R"({"action":"reply"})", R"({"action":"reply","text":""})",
                             R"({"action":"take","text":"x"})", R"({"action":"priority","priority":"urgent"})",
                             R"({"action":"assign"})", R"({"action":"note","text":1})"}) {
        EXPECT_EQ(act(body).status, 400) << body;
    }
    EXPECT_EQ(act(R"({"action":"note","text":")" + std::string(5000, 'x') + "\"}").status, 200);
    EXPECT_EQ(act(R"({"action":"note","text":")" + std::string(5001, 'x') + "\"}").status, 400);
    EXPECT_EQ(sara.change("POST", "/api/v1/tickets/" + ticket + "/actions", R"({"action":"take"})",
                          {{"Idempotency-Key", "k"}})
                  .status,
              428);
    EXPECT_EQ(sara.change("POST", "/api/v1/tickets/" + ticket + "/actions", R"({"action":"take"})", {{"If-Match", "1"}})
                  .status,
              400);
}

TEST_F(TicketActionsTest, a_person_of_another_brand_sees_nothing_of_it) {
    auto omar = house.sign_in("Omar");
    EXPECT_EQ(omar.get("/api/v1/tickets").json().root()["tickets"].items().size(), 0u);
    EXPECT_EQ(omar.get("/api/v1/tickets/" + ticket).status, 404);
    EXPECT_EQ(omar.change("POST", "/api/v1/tickets/" + ticket + "/actions", R"({"action":"take"})",
                          {{"If-Match", "1"}, {"Idempotency-Key", "k"}})
                  .status,
              404);
    const auto own = house.hear("coffee", "saba", "other");
    EXPECT_EQ(omar.get("/api/v1/tickets/" + own).status, 200);
    EXPECT_EQ(omar.get("/api/v1/tickets").json().root()["counts"]["waiting"].integer(), 1);
}

TEST_F(TicketActionsTest, pages_of_the_queue_follow_each_other) {
    for (int i = 0; i < 4; ++i) house.hear("coffee " + std::to_string(i), "nasma", "author" + std::to_string(i));
    std::set<std::string> seen;
    std::string after;
    for (int page = 0; page < 3; ++page) {
        const auto json =
            sara.get("/api/v1/tickets?limit=2" + (after.empty() ? "" : "&after=" + url_encode(after))).json();
        for (const auto row : json.root()["tickets"].items()) EXPECT_TRUE(seen.insert(row["id"].text_or("")).second);
        after = json.root()["next"].text_or("");
    }
    EXPECT_EQ(seen.size(), 5u);
    EXPECT_EQ(after, "");
    EXPECT_EQ(sara.get("/api/v1/tickets?limit=0").status, 400);
    EXPECT_EQ(sara.get("/api/v1/tickets?limit=201").status, 400);
    EXPECT_EQ(sara.get("/api/v1/tickets?view=unknown").status, 400);
    EXPECT_EQ(sara.get("/api/v1/tickets?view=mine").json().root()["tickets"].items().size(), 0u);
}

}  // namespace
}  // namespace rasid

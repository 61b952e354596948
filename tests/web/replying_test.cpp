#include "core/action_payload.hpp"
#include "tests/web/web_house.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

/// One ticket of a queue whose replies a manager lets out.
class ReplyingTest : public testing::Test {
protected:
    ReplyingTest() {
        house.write([](Store& store) {
            auto setup = store.setup();
            setup.queues[0].approval = true;
            setup.replies = {{.name = "late", .language = "ar", .text = "أهلًا {author}", .praise = true}};
            store.put_setup(setup);
        });
        house.await_void(house.server->reload_setup());
    }

    std::int64_t version() {
        return house.write([id = ticket](Store& store) { return store.ticket(id)->version; });
    }
    HttpAnswer act(Browser& browser, const std::string& body, std::int64_t seen) {
        return browser.change(
            "POST", "/api/v1/tickets/" + ticket + "/actions", body,
            {{"If-Match", std::to_string(seen)}, {"Idempotency-Key", "key-" + std::to_string(++keys_)}});
    }
    HttpAnswer act(Browser& browser, const std::string& body) { return act(browser, body, version()); }
    JsonDocument pane(Browser& browser) { return browser.get("/api/v1/tickets/" + ticket).json(); }
    std::optional<OutboxItem> held(const HttpAnswer& answer) {
        const std::string event(answer.json().root()["event"].text_or(""));
        return house.write([event](Store& store) { return store.outbox_item(event); });
    }

    WebHouse house;
    std::string ticket = house.hear("awful coffee today");
    Browser sara = house.sign_in("Sara");
    Browser mona = house.sign_in("Mona");  // manager

private:
    int keys_ = 0;
};

TEST_F(ReplyingTest, the_pane_says_what_a_reply_may_look_like_and_why_the_priority_is_so) {
    const auto json = pane(sara);
    const auto form = json.root()["reply_form"];
    EXPECT_EQ(form["limit"].integer(), 500);
    EXPECT_EQ(form["unit"].text_or(""), "graphemes");
    EXPECT_EQ(form["url_length"].integer(), 23);
    EXPECT_EQ(form["visibilities"].items().size(), 3U);
    EXPECT_EQ(json.root()["needs_approval"].boolean(), true);
    EXPECT_EQ(pane(mona).root()["needs_approval"].boolean(), false);
    const auto parts = json.root()["priority_parts"].items();
    ASSERT_FALSE(parts.empty());
    EXPECT_EQ(parts[0]["code"].text_or(""), "rule");
    EXPECT_EQ(parts[0]["value"].text_or(""), "high");
    EXPECT_EQ(parts[0]["points"].integer(), 50);
    EXPECT_EQ(json.root()["priority_reasons"].at(0).string(), "rule priority high: +50");
    EXPECT_EQ(sara.get("/api/v1/setup/replies").json().root()["items"].at(0)["praise"].boolean(), true);
}

TEST_F(ReplyingTest, a_reply_is_offered_to_nobody_further_than_what_it_answers) {
    house.write([id = ticket](Store& store) {
        auto mention = *store.mention_by_id(store.ticket(id)->latest_mention);
        mention.mention.visibility = Visibility::followers;
        mention.mention.revision = "r2";
        store.take({.mentions = {mention}});
    });
    const auto json = pane(sara);
    const auto offered = json.root()["reply_form"]["visibilities"].items();
    ASSERT_EQ(offered.size(), 1U);
    EXPECT_EQ(offered[0].string(), "direct");
}

TEST_F(ReplyingTest, a_moderators_reply_waits_until_a_manager_lets_it_out) {
    const auto proposed = act(sara, R"({"action":"reply","text":"we are sorry","visibility":"direct"})");
    ASSERT_EQ(proposed.status, 200) << proposed.body;
    EXPECT_TRUE(proposed.json().root()["undo_until"].is_null());
    EXPECT_EQ(proposed.json().root()["ticket"]["waits_for_approval"].boolean(), true);
    EXPECT_FALSE(held(proposed)) << "nothing is on its way";
    const auto shown = pane(mona);
    EXPECT_EQ(shown.root()["proposed_reply"]["text"].text_or(""), "we are sorry");
    EXPECT_EQ(shown.root()["proposed_reply"]["by"]["name"].text_or(""), "Sara");
    EXPECT_EQ(act(sara, R"({"action":"approve"})").status, 409) << "nobody approves his own";

    const auto approved = act(mona, R"({"action":"approve"})");
    ASSERT_EQ(approved.status, 200) << approved.body;
    EXPECT_FALSE(approved.json().root()["undo_until"].is_null());
    const auto item = held(approved);
    ASSERT_TRUE(item);
    EXPECT_EQ(item->kind, "reply");
    EXPECT_EQ(item->not_before, house.clock.now() + 10s);
    const auto payload = parse_action_payload(item->payload);
    ASSERT_TRUE(payload);
    EXPECT_EQ(payload->text, "we are sorry");
    EXPECT_EQ(payload->visibility, "direct");
    EXPECT_TRUE(pane(mona).root()["proposed_reply"].is_null());
}

TEST_F(ReplyingTest, a_returned_reply_says_why_and_nothing_is_sent) {
    ASSERT_EQ(act(sara, R"({"action":"reply","text":"we are sorry"})").status, 200);
    EXPECT_EQ(act(mona, R"({"action":"return"})").status, 400) << "words are due";
    ASSERT_EQ(act(mona, R"({"action":"return","text":"name the branch"})").status, 200);
    const auto json = pane(sara);
    const auto history = json.root()["history"].items();
    EXPECT_EQ(history.back()["kind"].text_or(""), "reply_returned");
    EXPECT_EQ(history.back()["text"].text_or(""), "name the branch");
    EXPECT_EQ(history.back()["detail"]["people"].at(0)["name"].text_or(""), "Sara");
    EXPECT_EQ(act(mona, R"({"action":"approve"})").status, 409);
}

TEST_F(ReplyingTest, what_its_platform_does_not_take_is_not_held) {
    const auto letters = [](int count) {
        std::string text;
        for (int i = 0; i < count; ++i) text += "ق";
        return R"({"action":"reply","text":")" + text + "\"}";
    };
    const auto refused = act(sara, letters(501));
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(refused.code(), "too_long");
    EXPECT_EQ(act(sara, letters(500)).status, 200);
}

TEST_F(ReplyingTest, an_unknown_visibility_is_refused) {
    EXPECT_EQ(act(sara, R"({"action":"reply","text":"x","visibility":"everybody"})").status, 400);
}

TEST_F(ReplyingTest, a_stale_write_shows_what_came_since) {
    const auto seen = version();
    ASSERT_EQ(act(mona, R"({"action":"take"})").status, 200);
    ASSERT_EQ(act(mona, R"({"action":"note","text":"ask @Sara first"})").status, 200);
    const auto refused = act(sara, R"({"action":"reply","text":"sorry"})", seen);
    ASSERT_EQ(refused.status, 409);
    EXPECT_EQ(refused.code(), "stale_version");
    const auto body = refused.json();
    const auto since = body.root()["since"].items();
    ASSERT_EQ(since.size(), 2U);
    EXPECT_EQ(since[0]["kind"].text_or(""), "assigned");
    EXPECT_EQ(since[1]["text"].text_or(""), "ask @Sara first");
    EXPECT_EQ(since[1]["detail"]["people"].at(0)["name"].text_or(""), "Sara");
    EXPECT_EQ(body.root()["ticket"]["version"].integer(), version());
}

}  // namespace
}  // namespace rasid

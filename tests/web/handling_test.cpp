#include "core/mail_payload.hpp"
#include "tests/web/web_house.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

/// One ticket that is handled by voice, as a dispute and by written rules.
class HandlingPageTest : public testing::Test {
protected:
    HandlingPageTest() {
        house.write([](Store& store) {
            auto setup = store.setup();
            setup.guidelines = {{.name = "usual", .text = "Answer within the hour.", .voice = "after two messages"}};
            setup.conduct = {{.name = "no insults", .version = 3, .text = "Be kind.", .training = "Think twice."}};
            store.put_setup(setup);
        });
        house.await_void(house.server->reload_setup());
    }

    HttpAnswer act(const std::string& body) {
        const auto version = house.write([id = ticket](Store& store) { return store.ticket(id)->version; });
        return sara.change(
            "POST", "/api/v1/tickets/" + ticket + "/actions", body,
            {{"If-Match", std::to_string(version)}, {"Idempotency-Key", "key-" + std::to_string(++keys_)}});
    }
    JsonDocument pane() { return sara.get("/api/v1/tickets/" + ticket).json(); }
    std::vector<OutboxItem> invitations() {
        return house.write([id = ticket](Store& store) {
            auto items = store.mails("", 100);
            std::erase_if(items, [&](const OutboxItem& item) { return item.kind != "invitation"; });
            return items;
        });
    }
    bool muted() {
        return house.write([](Store& store) { return store.muted("mastodon", "hind_z"); });
    }

    WebHouse house;
    std::string ticket = house.hear("awful coffee today");
    Browser sara = house.sign_in("Sara");

private:
    int keys_ = 0;
};

TEST_F(HandlingPageTest, the_pane_has_the_guideline_and_the_written_rules_beside_it) {
    const auto json = pane();
    EXPECT_EQ(json.root()["guideline"]["name"].text_or(""), "usual");
    EXPECT_EQ(json.root()["guideline"]["voice"].text_or(""), "after two messages");
    EXPECT_EQ(json.root()["written_rules"].at(0)["version"].integer(), 3);
    EXPECT_EQ(json.root()["written_rules"].at(0)["training"].text_or(""), "Think twice.");
    EXPECT_EQ(json.root()["written_rules"].at(0)["watched"].boolean(), false);
    EXPECT_EQ(json.root()["status"].text_or(""), "active");
}

TEST_F(HandlingPageTest, a_ticket_on_hold_says_what_is_left_instead_of_when_it_is_due) {
    ASSERT_EQ(act(R"({"action":"hold"})").status, 200);
    house.clock.advance(20min);
    const auto json = pane();
    EXPECT_EQ(json.root()["status"].text_or(""), "on_hold");
    const auto clock = json.root()["clocks"].at(0);
    EXPECT_EQ(clock["state"].text_or(""), "paused");
    EXPECT_TRUE(clock["due_at"].is_null());
    EXPECT_EQ(clock["left_seconds"].integer(), 900);
    ASSERT_EQ(act(R"({"action":"resume"})").status, 200);
    const auto after = pane();
    EXPECT_EQ(after.root()["paused_by"].at(0)["person"]["name"].text_or(""), "Sara");
    EXPECT_EQ(after.root()["paused_by"].at(0)["seconds"].integer(), 1200);
    EXPECT_EQ(act(R"({"action":"resume"})").status, 409);
}

TEST_F(HandlingPageTest, whoever_calls_is_invited_and_told_when_the_call_is_taken_back) {
    EXPECT_EQ(act(R"({"action":"plan_call","step":"call","text":"angry","contact":"","due_at":"2026-03-01T14:00:00Z"})")
                  .status,
              409);
    const auto planned = act(
        R"({"action":"plan_call","step":"call","text":"angry","contact":"+966 5 1234","due_at":"2026-03-01T14:00:00Z"})");
    ASSERT_EQ(planned.status, 200) << planned.body;
    const std::string event(planned.json().root()["event"].text_or(""));
    ASSERT_EQ(invitations().size(), 1U);
    const auto mail = parse_mail_payload(invitations()[0].payload);
    ASSERT_TRUE(mail);
    EXPECT_NE(mail->calendar.find("DTSTART:20260301T140000Z"), std::string::npos) << mail->calendar;
    EXPECT_NE(mail->text.find("+966 5 1234"), std::string::npos);

    const auto invitation = sara.get("/api/v1/tickets/" + ticket + "/calls/" + event + ".ics");
    EXPECT_EQ(invitation.status, 200);
    EXPECT_EQ(invitation.body, mail->calendar);
    EXPECT_EQ(sara.get("/api/v1/tickets/" + ticket + "/calls/" + event).status, 404);
    EXPECT_EQ(sara.get("/api/v1/tickets/" + ticket + "/calls/unknown.ics").status, 404);

    ASSERT_EQ(act(R"({"action":"undo","event":")" + event + "\"}").status, 200);
    ASSERT_EQ(invitations().size(), 2U);
    EXPECT_NE(sara.get("/api/v1/tickets/" + ticket + "/calls/" + event + ".ics").body.find("METHOD:CANCEL"),
              std::string::npos);
}

TEST_F(HandlingPageTest, an_intervention_mutes_and_taking_it_back_unmutes) {
    const auto muting = act(R"({"action":"intervene","rule":"no insults","step":"muted","text":"the third time"})");
    ASSERT_EQ(muting.status, 200) << muting.body;
    EXPECT_TRUE(muted());
    const auto history = pane();
    const auto events = history.root()["history"].items();
    EXPECT_EQ(events[events.size() - 1]["detail"]["rule"].text_or(""), "no insults, version 3");
    const std::string event(muting.json().root()["event"].text_or(""));
    ASSERT_EQ(act(R"({"action":"undo","event":")" + event + "\"}").status, 200);
    EXPECT_FALSE(muted());
}

TEST_F(HandlingPageTest, an_intervention_hides_only_where_the_source_can) {
    EXPECT_EQ(act(R"({"action":"intervene","rule":"no insults","step":"hidden"})").status, 409);
    EXPECT_EQ(act(R"({"action":"intervene","rule":"unwritten","step":"warned"})").status, 409);
}

TEST_F(HandlingPageTest, a_dispute_goes_by_its_steps_and_a_departure_says_why) {
    EXPECT_EQ(act(R"({"action":"dispute","step":"agreement","text":"a new bag"})").status, 409);
    EXPECT_EQ(act(R"({"action":"dispute","step":"problem","text":"it was cold twice"})").status, 200);
    EXPECT_EQ(act(R"({"action":"depart","rule":"usual","text":""})").status, 409);
    EXPECT_EQ(act(R"({"action":"depart","rule":"usual","text":"he is asleep"})").status, 200);
}

}  // namespace
}  // namespace rasid

#include "web/ticket_presence.hpp"

#include "tests/support/test_day.hpp"
#include "tests/web/event_listener.hpp"
#include "tests/web/web_house.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;
using State = TicketPresence::State;

TEST(TicketPresence, tells_of_who_comes_changes_and_leaves_and_of_nothing_else) {
    TicketPresence here;
    const auto came = here.beat("t1", "nasma", "sara", State::looking, kNoon);
    ASSERT_EQ(came.size(), 1U);
    EXPECT_EQ(came[0].ticket, "t1");
    EXPECT_EQ(came[0].now.brand, "nasma");
    ASSERT_EQ(came[0].now.visitors.size(), 1U);
    EXPECT_TRUE(here.beat("t1", "nasma", "sara", State::looking, kNoon + 10s).empty()) << "the same again is no news";
    const auto writes = here.beat("t1", "nasma", "sara", State::writing, kNoon + 11s);
    ASSERT_EQ(writes.size(), 1U);
    EXPECT_EQ(writes[0].now.visitors[0].state, State::writing);
    EXPECT_FALSE(here.leave("t1", "dana"));
    const auto left = here.leave("t1", "sara");
    ASSERT_TRUE(left);
    EXPECT_TRUE(left->now.visitors.empty());
    EXPECT_EQ(left->now.brand, "nasma") << "still told to those who may hear it";
    EXPECT_TRUE(here.empty());
}

TEST(TicketPresence, ends_a_while_after_the_last_beat) {
    TicketPresence here;
    here.beat("t1", "nasma", "sara", State::looking, kNoon);
    here.beat("t1", "nasma", "dana", State::looking, kNoon + 10s);
    EXPECT_TRUE(here.expire(kNoon + 24s).empty());
    const auto gone = here.expire(kNoon + 25s);
    ASSERT_EQ(gone.size(), 1U);
    ASSERT_EQ(gone[0].now.visitors.size(), 1U);
    EXPECT_EQ(gone[0].now.visitors[0].person, "dana");
    EXPECT_EQ(here.expire(kNoon + 35s).size(), 1U);
    EXPECT_TRUE(here.empty());
}

TEST(TicketPresence, ends_when_the_clock_is_set_back) {
    TicketPresence here;
    here.beat("t1", "nasma", "sara", State::looking, kNoon);
    EXPECT_EQ(here.expire(kNoon - 1h).size(), 1U);
}

TEST(TicketPresence, nobody_is_at_more_tickets_than_a_few) {
    TicketPresence here;
    const int most = TicketPresence::kTicketsOfPerson;
    for (int i = 0; i < most; ++i) {
        const auto ticket = "t" + std::to_string(i);
        EXPECT_EQ(here.beat(ticket, "nasma", "sara", State::looking, kNoon + i * 1s).size(), 1U);
    }
    here.beat("t0", "nasma", "sara", State::looking, kNoon + 15s);
    const auto one_more = here.beat("one more", "nasma", "sara", State::looking, kNoon + 16s);
    ASSERT_EQ(one_more.size(), 2U);
    EXPECT_EQ(one_more[0].ticket, "t1") << "where she was the longest ago";
    EXPECT_EQ(one_more[1].ticket, "one more");
    EXPECT_EQ(here.tickets().size(), static_cast<std::size_t>(most));
}

class TicketPresencePageTest : public testing::Test {
protected:
    HttpAnswer say(Browser& browser, const std::string& state) {
        return browser.change("PUT", "/api/v1/tickets/" + ticket + "/presence", R"({"state":")" + state + "\"}");
    }

    WebHouse house;
    std::string ticket = house.hear("awful coffee today");
    Browser sara = house.sign_in("Sara");
    Browser mona = house.sign_in("Mona");
    Browser omar = house.sign_in("Omar");  // sees another brand only
};

TEST_F(TicketPresencePageTest, colleagues_hear_who_writes_and_that_he_left) {
    EventListener listener(mona);
    ASSERT_EQ(say(sara, "writing").status, 200);
    const auto heard = parse_json(listener.next("presence").data);
    ASSERT_TRUE(heard);
    EXPECT_EQ(heard->root()["ticket"].text_or(""), ticket);
    EXPECT_EQ(heard->root()["people"].at(0)["name"].text_or(""), "Sara");
    EXPECT_EQ(heard->root()["people"].at(0)["state"].text_or(""), "writing");
    const auto seen = mona.get("/api/v1/presence").json();
    EXPECT_EQ(seen.root()["tickets"].at(0)["people"].at(0)["state"].text_or(""), "writing");
    ASSERT_EQ(say(sara, "away").status, 200);
    const auto left = parse_json(listener.next("presence").data);
    ASSERT_TRUE(left);
    EXPECT_EQ(left->root()["people"].items().size(), 0U);
}

TEST_F(TicketPresencePageTest, who_is_not_heard_of_is_gone) {
    ASSERT_EQ(say(sara, "looking").status, 200);
    house.clock.advance(26s);
    const auto answer = say(mona, "looking").json();
    ASSERT_EQ(answer.root()["people"].items().size(), 1U);
    EXPECT_EQ(answer.root()["people"].at(0)["name"].text_or(""), "Mona");
}

TEST_F(TicketPresencePageTest, other_brands_neither_see_nor_enter_it) {
    EXPECT_EQ(say(omar, "looking").status, 404);
    ASSERT_EQ(say(sara, "looking").status, 200);
    EXPECT_EQ(omar.get("/api/v1/presence").json().root()["tickets"].items().size(), 0U);
}

TEST_F(TicketPresencePageTest, only_what_is_asked_for_is_taken) {
    EXPECT_EQ(say(sara, "sleeping").status, 400);
    EXPECT_EQ(sara.change("PUT", "/api/v1/tickets/none/presence", R"({"state":"looking"})").status, 404);
    auto forged = sara;
    forged.csrf = "forged";
    EXPECT_EQ(say(forged, "looking").status, 403);
}

class DraftsPageTest : public TicketPresencePageTest {
protected:
    HttpAnswer keep(Browser& browser, const std::string& mode, const std::string& text) {
        return browser.change("PUT", address, R"({"mode":")" + mode + R"(","text":")" + text + "\"}");
    }
    std::string address = "/api/v1/tickets/" + ticket + "/draft";
};

TEST_F(DraftsPageTest, a_draft_is_there_on_every_device_of_its_writer_and_nowhere_else) {
    ASSERT_EQ(keep(sara, "reply", "أهلًا").status, 200);
    auto phone = house.sign_in("Sara");
    const auto seen = phone.get(address).json();
    EXPECT_EQ(seen.root()["drafts"]["reply"]["text"].text_or(""), "أهلًا");
    EXPECT_FALSE(seen.root()["drafts"]["note"].exists());
    EXPECT_FALSE(mona.get(address).json().root()["drafts"]["reply"].exists());
    EXPECT_EQ(sara.change("DELETE", address + "?mode=reply", "").status, 204);
    EXPECT_FALSE(phone.get(address).json().root()["drafts"]["reply"].exists());
}

TEST_F(DraftsPageTest, a_draft_has_bounds) {
    EXPECT_EQ(keep(sara, "reply", std::string(limits::kReplyText, 'x')).status, 200);
    EXPECT_EQ(keep(sara, "reply", std::string(limits::kReplyText + 1, 'x')).status, 400);
    EXPECT_EQ(keep(sara, "poem", "x").status, 400);
    EXPECT_EQ(sara.change("DELETE", address + "?mode=poem", "").status, 400);
}

TEST_F(DraftsPageTest, people_of_other_brands_have_none_here) {
    EXPECT_EQ(keep(omar, "reply", "x").status, 404);
    EXPECT_EQ(omar.get(address).status, 404);
    EXPECT_EQ(omar.change("DELETE", address + "?mode=reply", "").status, 404);
}

TEST_F(DraftsPageTest, what_is_sent_is_no_draft_any_more) {
    ASSERT_EQ(keep(sara, "reply", "sorry").status, 200);
    ASSERT_EQ(keep(sara, "note", "later").status, 200);
    const auto sent =
        sara.change("POST", "/api/v1/tickets/" + ticket + "/actions", R"({"action":"reply","text":"sorry"})",
                    {{"If-Match", "1"}, {"Idempotency-Key", "k"}});
    ASSERT_EQ(sent.status, 200) << sent.body;
    const auto left = sara.get(address).json();
    EXPECT_FALSE(left.root()["drafts"]["reply"].exists());
    EXPECT_EQ(left.root()["drafts"]["note"]["text"].text_or(""), "later");
}

}  // namespace
}  // namespace rasid

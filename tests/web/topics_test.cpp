#include "tests/web/web_house.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

/// Weeks of coffee, and a day on which almonds come up.
class TopicsTest : public testing::Test {
protected:
    /// A mention stored so long ago.
    void say(const std::string& text, Duration ago, const std::string& brand = "nasma", const std::string& copy_of = {},
             const std::string& platform = "mastodon") {
        StoredMention stored;
        stored.id = "m" + std::to_string(++said);
        stored.mention.key = {platform, stored.id};
        stored.mention.author.handle = "author" + std::to_string(said);
        stored.mention.text = text;
        stored.mention.url = "https://social.example/" + stored.id;
        stored.verdict.language = "en";
        stored.verdict.brand = brand;
        stored.verdict.tags = {"product"};
        stored.stored_at = stored.mention.created_at = house.clock.now() - ago;
        stored.copy_of = copy_of;
        house.write([stored](Store& store) {
            Intake intake;
            intake.mentions = {stored};
            store.take(intake);
        });
    }
    void say_for_weeks() {
        for (int day = 1; day <= 10; ++day)
            for (int i = 0; i < 4; ++i) say("coffee tastes nice", day * 24h);
    }

    WebHouse house;
    Browser sara = house.sign_in("Sara");
    int said = 0;
};

TEST_F(TopicsTest, rise_above_the_weeks_before_and_come_with_examples) {
    say_for_weeks();
    for (int i = 0; i < 5; ++i) say("Almond drink gave me an allergy", 1h);
    say("coffee tastes nice", 1h);
    const auto json = sara.get("/api/v1/topics").json();
    const auto root = json.root();
    EXPECT_EQ(root["day"].text_or(""), "2026-03-01");
    EXPECT_EQ(root["mentions"].integer(), 6);
    EXPECT_EQ(root["days_before"].integer(), 10);
    const auto english = root["languages"].at(0);
    EXPECT_EQ(english["language"].text_or(""), "en");
    EXPECT_EQ(english["enough"].boolean(), true);
    ASSERT_EQ(english["topics"].items().size(), 1u);
    const auto topic = english["topics"].at(0);
    EXPECT_EQ(topic["authors"].integer(), 5);
    EXPECT_EQ(topic["examples"].items().size(), 3u);
    EXPECT_EQ(topic["examples"].at(0)["text"].text_or(""), "Almond drink gave me an allergy");
    EXPECT_EQ(root["tags"].at(0)["tag"].text_or(""), "product");
    EXPECT_EQ(root["tags"].at(0)["mentions"].integer(), 6);
    EXPECT_EQ(root["tags"].at(0)["usual"].number(), 4);
}

TEST_F(TopicsTest, are_those_of_the_day_and_language_that_is_asked_about) {
    say_for_weeks();
    for (int i = 0; i < 5; ++i) say("Almond drink gave me an allergy", 1h);
    const auto json = sara.get("/api/v1/topics?day=2026-02-27").json();
    EXPECT_EQ(json.root()["mentions"].integer(), 4);
    EXPECT_TRUE(json.root()["languages"].at(0)["topics"].items().empty());
    EXPECT_TRUE(sara.get("/api/v1/topics?language=ar").json().root()["languages"].items().empty());
    EXPECT_EQ(sara.get("/api/v1/topics?day=yesterday").status, 400);
}

TEST_F(TopicsTest, are_counted_again_for_the_day_that_is_not_over) {
    say_for_weeks();
    EXPECT_EQ(sara.get("/api/v1/topics").json().root()["mentions"].integer(), 0);
    for (int i = 0; i < 5; ++i) say("Almond drink gave me an allergy", 1h);
    EXPECT_EQ(sara.get("/api/v1/topics").json().root()["mentions"].integer(), 5);
}

TEST_F(TopicsTest, are_of_the_brands_that_a_person_may_see) {
    say_for_weeks();
    for (int i = 0; i < 5; ++i) say("Almond drink gave me an allergy", 1h);
    auto omar = house.sign_in("Omar");
    const auto json = omar.get("/api/v1/topics").json();
    EXPECT_EQ(json.root()["mentions"].integer(), 0);
    EXPECT_EQ(json.root()["days_before"].integer(), 0);
    EXPECT_EQ(house.stranger().get("/api/v1/topics").status, 401);
}

TEST_F(TopicsTest, say_when_there_is_nothing_to_compare_with) {
    for (int i = 0; i < 5; ++i) say("Almond drink gave me an allergy", 1h);
    const auto json = sara.get("/api/v1/topics").json();
    EXPECT_EQ(json.root()["languages"].at(0)["enough"].boolean(), false);
    EXPECT_TRUE(json.root()["languages"].at(0)["topics"].items().empty());
    EXPECT_TRUE(json.root()["tags"].at(0)["usual"].is_null());
}

TEST_F(TopicsTest, copies_of_a_mention_are_listed_with_their_platforms) {
    say("the same words", 3h);
    say("the same words", 2h, "nasma", "m1");
    say("the same words", 1h, "nasma", "m1", "bluesky");
    say("the same words", 1h, "another brand", "m1");
    const auto json = sara.get("/api/v1/mentions/m1/copies").json();
    EXPECT_GE(json.root()["count"].integer(), 2);
    EXPECT_EQ(json.root()["platforms"].integer(), 2);
    EXPECT_EQ(json.root()["mentions"].at(0)["id"].text_or(""), "m2");
    EXPECT_EQ(json.root()["more"].boolean(), false);
    const auto cut = sara.get("/api/v1/mentions/m1/copies?limit=1").json();
    EXPECT_EQ(cut.root()["count"].integer(), 1);
    EXPECT_EQ(cut.root()["more"].boolean(), true);
    EXPECT_EQ(sara.get("/api/v1/mentions/nobody/copies").status, 404);
    EXPECT_EQ(house.sign_in("Omar").get("/api/v1/mentions/m1/copies").status, 404);
}

TEST_F(TopicsTest, a_ticket_shows_the_copies_of_its_newest_mention) {
    const auto ticket = house.hear("awful coffee");
    const auto newest = house.write([ticket](Store& store) { return store.ticket(ticket)->latest_mention; });
    say("awful coffee", 1h, "nasma", newest, "bluesky");
    const auto json = sara.get("/api/v1/tickets/" + ticket).json();
    EXPECT_EQ(json.root()["copies"]["count"].integer(), 1);
    EXPECT_EQ(json.root()["copies"]["mentions"].at(0)["platform"].text_or(""), "bluesky");
    EXPECT_TRUE(json.root()["influence"]["parts"].is_array());
}

}  // namespace
}  // namespace rasid

#include "tests/web/web_house.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

/// One negative mention in a ticket, and who works on it.
class CorrectionsTest : public testing::Test {
protected:
    HttpAnswer correct(Browser& who, const std::string& body) {
        house.clock.advance(1s);
        return who.change("POST", "/api/v1/mentions/" + mention + "/corrections", body);
    }
    HttpAnswer correct(const std::string& body) { return correct(sara, body); }
    HttpAnswer take_back(const HttpAnswer& corrected) {
        house.clock.advance(1s);
        return sara.change("DELETE", "/api/v1/corrections/" + id_of(corrected), "");
    }
    static std::string id_of(const HttpAnswer& answer) { return answer.json().root()["correction"]["id"].text_or(""); }
    std::string newest_mention() {
        return house.write([id = ticket](Store& store) { return store.ticket(id)->latest_mention; });
    }
    StoredMention stored() {
        return house.write([id = mention](Store& store) { return *store.mention_by_id(id); });
    }
    std::vector<std::string> reasons() { return in_words(stored().verdict.reasons, Texts("en")); }

    WebHouse house;
    std::string ticket = house.hear("awful coffee today");
    std::string mention = newest_mention();
    Browser sara = house.sign_in("Sara");
    Browser mona = house.sign_in("Mona");
};

TEST_F(CorrectionsTest, of_sentiment_stands_in_the_verdict_and_says_by_whom) {
    const auto before = stored();
    const auto answer = correct(R"({"what":"sentiment","right":"positive"})");
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto json = answer.json();
    const auto correction = json.root()["correction"];
    EXPECT_EQ(correction["was"].text_or(""), "negative");
    EXPECT_EQ(correction["right"].text_or(""), "positive");
    EXPECT_EQ(correction["by"]["name"].text_or(""), "Sara");
    EXPECT_EQ(correction["text"].text_or(""), "awful coffee today");
    EXPECT_TRUE(correction["rule"].is_null());
    EXPECT_TRUE(correction["undone_at"].is_null());

    const auto after = stored();
    EXPECT_EQ(after.verdict.sentiment.label, Polarity::positive);
    EXPECT_EQ(after.verdict.sentiment.score, before.verdict.sentiment.score) << "what the machine measured stays";
    EXPECT_EQ(reasons().back(), "sentiment corrected from negative to positive by Sara");
    EXPECT_EQ(after.ticket, ticket);
    EXPECT_EQ(after.stored_at, before.stored_at);
    const auto pane = sara.get("/api/v1/tickets/" + ticket).json();
    EXPECT_EQ(pane.root()["sentiment"]["label"].text_or(""), "positive");
    EXPECT_EQ(pane.root()["thread"].at(0)["corrected_by"]["name"].text_or(""), "Sara");
    EXPECT_EQ(house.told.corrections_changed, 1);
    const std::lock_guard lock(house.told.mutex);
    EXPECT_EQ(house.told.audit.back().action, "correct_sentiment");
    EXPECT_EQ(house.told.audit.back().object, mention);
}

TEST_F(CorrectionsTest, taken_back_leave_the_verdict_as_it_was) {
    const auto before = stored();
    const auto first = correct(R"({"what":"sentiment","right":"neutral"})");
    const auto second = correct(R"({"what":"sentiment","right":"positive"})");
    EXPECT_EQ(second.json().root()["correction"]["was"].text_or(""), "negative") << "the machine's word, not Sara's";
    EXPECT_EQ(reasons().size(), before.verdict.reasons.size() + 1) << "one reason, however often";

    ASSERT_EQ(take_back(second).status, 200);
    EXPECT_EQ(stored().verdict.sentiment.label, Polarity::neutral) << "the earlier one counts again";
    const auto undone = take_back(first);
    EXPECT_TRUE(undone.json().root()["correction"]["undone_at"].is_string());
    EXPECT_EQ(stored(), before);
    const auto again = take_back(first);
    EXPECT_EQ(again.json().root()["correction"]["undone_at"].text_or("?"),
              undone.json().root()["correction"]["undone_at"].text_or(""))
        << "twice is once";
    EXPECT_TRUE(mona.get("/api/v1/corrections").json().root()["corrections"].items().empty());
}

TEST_F(CorrectionsTest, of_language_and_rule_are_kept_apart) {
    ASSERT_EQ(correct(R"({"what":"language","right":"ar-Latn"})").status, 200);
    const auto miss = correct(R"({"what":"rule","rule":"complaints","right":"miss"})");
    ASSERT_EQ(miss.status, 200) << miss.body;
    EXPECT_EQ(miss.json().root()["correction"]["was"].text_or(""), "hit");
    EXPECT_EQ(miss.json().root()["correction"]["language"].text_or(""), "en") << "as the machine detected it";
    const auto verdict = stored().verdict;
    EXPECT_EQ(verdict.language, "ar-Latn");
    EXPECT_EQ(verdict.rules, std::vector<std::string>{"complaints"}) << "nothing is routed again";
    EXPECT_EQ(reasons().back(), "language corrected from en to ar-Latn by Sara");

    const auto all = mona.get("/api/v1/corrections").json();
    ASSERT_EQ(all.root()["corrections"].items().size(), 2u);
    EXPECT_EQ(all.root()["corrections"].at(0)["rule"].text_or(""), "complaints") << "newest first";
    const auto some = mona.get("/api/v1/corrections?what=language").json();
    ASSERT_EQ(some.root()["corrections"].items().size(), 1u);
    EXPECT_EQ(some.root()["corrections"].at(0)["right"].text_or(""), "ar-Latn");
    EXPECT_EQ(mona.get("/api/v1/corrections?limit=1").json().root()["corrections"].items().size(), 1u);
}

TEST_F(CorrectionsTest, say_something_that_can_be_right) {
    for (const auto* body : {R"({})", R"({"what":"sentiment"})", R"({"what":"sentiment","right":"angry"})",
                             R"({"what":"mood","right":"x"})", R"({"what":"language","right":"a"})",
                             R"({"what":"language","right":"english"})", R"({"what":"language","right":"en-"})",
                             R"({"what":"language","right":"ar_SA"})", R"({"what":"rule","right":"miss"})",
                             R"({"what":"rule","rule":"complaints","right":"maybe"})",
                             R"({"what":"rule","rule":"unheard of","right":"hit"})",
                             R"({"what":"sentiment","right":"neutral","rule":"complaints"})"}) {
        const auto answer = correct(body);
        EXPECT_EQ(answer.status, 400) << body << ": " << answer.body;
        EXPECT_EQ(answer.header("Content-Type"), "application/problem+json; charset=utf-8") << body;
    }
    EXPECT_EQ(correct(R"({"what":"language","right":")" + std::string(36, 'a') + "\"}").status, 400);
    EXPECT_EQ(correct(R"({"what":"rule","rule":"unheard of","right":"miss"})").code(), "not_possible");
    EXPECT_EQ(mona.get("/api/v1/corrections?what=mood").status, 400);
    EXPECT_EQ(mona.get("/api/v1/corrections?limit=0").status, 400);
    EXPECT_EQ(house.told.corrections_changed, 0);
}

TEST_F(CorrectionsTest, are_made_by_people_who_see_the_brand) {
    auto omar = house.sign_in("Omar");
    EXPECT_EQ(correct(omar, R"({"what":"sentiment","right":"neutral"})").status, 404);
    const auto made = correct(R"({"what":"sentiment","right":"neutral"})");
    EXPECT_EQ(omar.change("DELETE", "/api/v1/corrections/" + id_of(made), "").status, 404);
    EXPECT_EQ(stored().verdict.sentiment.label, Polarity::neutral);
    EXPECT_EQ(
        sara.change("POST", "/api/v1/mentions/nobody/corrections", R"({"what":"sentiment","right":"neutral"})").status,
        404);
}

TEST_F(CorrectionsTest, of_what_its_author_deleted_are_refused_and_earlier_ones_lose_the_text) {
    const auto made = correct(R"({"what":"sentiment","right":"neutral"})");
    auto gone = stored();
    gone.mention.deleted = true;
    house.write([gone](Store& store) {
        Intake intake;
        intake.mentions = {gone};
        store.take(intake);
    });
    EXPECT_EQ(correct(R"({"what":"sentiment","right":"positive"})").code(), "not_possible");
    EXPECT_TRUE(mona.get("/api/v1/corrections").json().root()["corrections"].items().empty());
    const auto undone = take_back(made);
    EXPECT_EQ(undone.status, 200);
    EXPECT_EQ(undone.json().root()["correction"]["text"].text_or("?"), "");
    EXPECT_TRUE(stored().mention.deleted);
}

TEST_F(CorrectionsTest, of_one_mention_have_an_end) {
    for (int i = 0; i < 100; ++i) ASSERT_EQ(correct(R"({"what":"sentiment","right":"neutral"})").status, 200) << i;
    EXPECT_EQ(correct(R"({"what":"sentiment","right":"positive"})").code(), "not_possible");
}

}  // namespace
}  // namespace rasid

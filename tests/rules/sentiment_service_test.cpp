#include "rules/sentiment_service.hpp"

#include <gtest/gtest.h>

#include <array>

namespace rasid {
namespace {

TEST(SentimentService, asks_about_a_batch_in_one_body) {
    const std::array<SentimentQuestion, 2> questions = {{{"good \"one\"", "en"}, {"زفت", "ar"}}};
    EXPECT_EQ(sentiment_request(questions),
              R"({"texts":[{"text":"good \"one\"","language":"en"},{"text":"زفت","language":"ar"}]})");
    EXPECT_EQ(sentiment_request({}), R"({"texts":[]})");
}

TEST(SentimentService, reads_labels_scores_and_words_in_order) {
    const auto answer = parse_sentiment_response(
        R"({"sentiments":[{"label":"negative","score":-0.8,"words":[{"text":"bad","weight":-0.4}]},{"score":0.9}]})",
        2);
    ASSERT_TRUE(answer);
    EXPECT_EQ((*answer)[0], (Sentiment{Polarity::negative, -0.8, {{"bad", -0.4}}}));
    EXPECT_EQ((*answer)[1].label, Polarity::positive);
}

TEST(SentimentService, refuses_what_does_not_answer_the_questions) {
    for (const char* body :
         {"", "[]", "{}", R"({"sentiments":[]})", R"({"sentiments":[{"score":2}]})",
          R"({"sentiments":[{"label":"negative"}]})", R"({"sentiments":[{"label":"angry","score":-0.5}]})",
          R"({"sentiments":[{"score":0},{"score":0}]})", R"({"sentiments":[{"label":7,"score":0}]})"}) {
        const auto answer = parse_sentiment_response(body, 1);
        ASSERT_FALSE(answer) << body;
        EXPECT_EQ(answer.error().kind, Failure::Kind::malformed);
    }
}

TEST(SentimentService, bounds_the_words_of_an_answer) {
    std::string words;
    for (int i = 0; i < 500; ++i) words += std::string(i ? "," : "") + R"({"text":"w","weight":9})";
    const auto answer = parse_sentiment_response(R"({"sentiments":[{"score":0,"words":[)" + words + "]}]}", 1);
    ASSERT_TRUE(answer);
    EXPECT_EQ((*answer)[0].words.size(), 40u);
    EXPECT_EQ((*answer)[0].words[0].weight, 1);
}

TEST(SentimentService, is_asked_about_every_text_of_a_page_but_reviews_with_stars) {
    std::vector<Mention> page(5);
    page[0].text = "قهوة سيئة";
    page[1].text = "the coffee of the whole day was really very good";
    page[2].text = "one star";
    page[2].stars = 1;
    page[3].deleted = true;
    page[3].text = "left behind";
    const auto questions = sentiment_questions(page);
    EXPECT_EQ(questions.about, (std::vector<std::size_t>{0, 1}));
    const auto asked = questions.asked();
    ASSERT_EQ(asked.size(), 2u);
    EXPECT_EQ(asked[0].text, page[0].text);
    EXPECT_EQ(asked[0].language, "ar");
    EXPECT_EQ(asked[1].language, "en");
}

}  // namespace
}  // namespace rasid

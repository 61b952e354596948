#include "rules/sentiment_layer.hpp"

#include "core/text/tokens.hpp"
#include "rules/rule_set.hpp"
#include "rules/sentiment.hpp"
#include "tests/support/test_day.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace rasid {
namespace {

SentimentCorrection correction(std::string text, Polarity right, std::string language = "en") {
    return {.text = std::move(text), .language = std::move(language), .right = right, .by = "Sara", .at = kMidnight};
}

/// A made-up product word that the built-in weights know nothing about.
std::vector<SentimentCorrection> blorp_is_bad() {
    return {correction("the blorp in the branch again", Polarity::negative),
            correction("my order has a blorp today", Polarity::negative),
            correction("found one blorp at the counter", Polarity::negative),
            correction("is that a blorp on the table", Polarity::negative)};
}

Sentiment judged(std::string_view text, const SentimentLayer& layer) {
    const auto words = tokenize(text);
    return classify_sentiment({.text = text, .words = words, .language = "en"},
                              {.layer = std::make_shared<const SentimentLayer>(layer)});
}

TEST(SentimentLayer, learns_a_word_that_enough_corrections_agree_on_and_names_it) {
    const auto layer = learn_sentiment(blorp_is_bad(), {}, kMidnight);
    EXPECT_LT(layer.shift("blorp"), -0.3);
    EXPECT_EQ(layer.words().at("blorp").agreeing, 4);
    const auto sentiment = judged("another blorp arrived", layer);
    EXPECT_LT(sentiment.score, judged("another blorp arrived", {}).score - 0.1);
    ASSERT_FALSE(sentiment.words.empty());
    bool named = false;
    for (const auto& word : sentiment.words) named = named || (word.text == "blorp" && word.weight < -0.1);
    EXPECT_TRUE(named);
}

TEST(SentimentLayer, moves_no_word_on_too_little_or_contradictory_evidence) {
    auto few = blorp_is_bad();
    few.resize(2);
    EXPECT_TRUE(learn_sentiment(few, {}, kMidnight).words().empty());
    auto torn = blorp_is_bad();
    torn.push_back(correction("blorp number one", Polarity::positive));
    torn.push_back(correction("a blorp for everybody", Polarity::positive));
    EXPECT_EQ(learn_sentiment(torn, {}, kMidnight).shift("blorp"), 0);
}

TEST(SentimentLayer, counts_a_text_once_and_its_newest_correction) {
    std::vector<SentimentCorrection> same(5, correction("the blorp in the branch again", Polarity::negative));
    EXPECT_TRUE(learn_sentiment(same, {}, kMidnight).words().empty());
    auto revised = blorp_is_bad();
    for (const auto& old : blorp_is_bad()) {
        revised.push_back(old);
        revised.back().right = judged(old.text, {}).label;
        revised.back().at = kMidnight + std::chrono::seconds(1);
    }
    EXPECT_GE(learn_sentiment(revised, {}, kMidnight).shift("blorp"),
              learn_sentiment(blorp_is_bad(), {}, kMidnight).shift("blorp"));
}

TEST(SentimentLayer, never_moves_a_word_further_than_its_bound) {
    std::vector<SentimentCorrection> many;
    for (int i = 0; i < 300; ++i)
        many.push_back(correction("blorp wonderful great number" + std::to_string(i), Polarity::negative));
    const auto layer = learn_sentiment(many, {}, kMidnight);
    ASSERT_FALSE(layer.words().empty());
    for (const auto& [text, word] : layer.words()) EXPECT_LE(std::abs(word.shift), SentimentLayer::kMostShift) << text;
}

TEST(SentimentLayer, leaves_little_words_and_negations_alone) {
    const auto layer = learn_sentiment(blorp_is_bad(), {}, kMidnight);
    EXPECT_EQ(layer.shift("the"), 0);
    std::vector<SentimentCorrection> not_so;
    for (const char* noun : {"chair", "table", "window", "door"})
        not_so.push_back(correction(std::string("not a ") + noun, Polarity::positive));
    EXPECT_EQ(learn_sentiment(not_so, {}, kMidnight).shift("not"), 0);
}

TEST(SentimentLayer, shrinks_until_no_example_is_lost) {
    const std::vector<SentimentExample> keep = {{"the blorp store opens at nine", "en", Polarity::neutral}};
    ASSERT_EQ(judged(keep[0].text, {}).label, Polarity::neutral);
    const auto layer = learn_sentiment(blorp_is_bad(), keep, kMidnight);
    EXPECT_EQ(judged(keep[0].text, layer).label, Polarity::neutral);
}

TEST(SentimentLayer, forgets_what_is_old) {
    auto old = blorp_is_bad();
    for (auto& one : old) one.at = kMidnight - std::chrono::hours(24 * 730);
    EXPECT_GT(learn_sentiment(old, {}, kMidnight).shift("blorp"),
              learn_sentiment(blorp_is_bad(), {}, kMidnight).shift("blorp") * 0.7);
}

TEST(SentimentLayer, is_carried_by_the_rules_that_assess) {
    const auto layer = std::make_shared<const SentimentLayer>(learn_sentiment(blorp_is_bad(), {}, kMidnight));
    Mention mention;
    mention.text = "this is the blorp of the day";
    const auto plain = assess(RuleSet(), mention, {});
    const auto taught = assess(RuleSet().with({.layer = layer}), mention, {});
    EXPECT_LT(taught.sentiment.score, plain.sentiment.score);
}

TEST(SentimentRegression, tells_which_corrections_still_fail_and_which_broke) {
    auto corrections = blorp_is_bad();
    corrections.push_back(correction("I love this wonderful place", Polarity::positive));
    corrections.push_back(correction("I love this wonderful cafe", Polarity::negative));
    const auto before = check_corrections(corrections, {});
    EXPECT_EQ(before.right_before, before.right_after);
    EXPECT_TRUE(before.broken.empty());
    const auto after = check_corrections(corrections, learn_sentiment(corrections, {}, kMidnight));
    EXPECT_GT(after.right_after, after.right_before);
    EXPECT_EQ(after.failing.back(), 5u);
    EXPECT_TRUE(after.broken.empty());
}

}  // namespace
}  // namespace rasid

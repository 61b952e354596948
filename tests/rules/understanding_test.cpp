#include "rules/language.hpp"
#include "rules/particles.hpp"
#include "rules/sentiment.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace rasid {
namespace {

Sentiment sentiment_of(std::string_view text, std::optional<double> stars = {}) {
    const auto words = tokenize(text);
    const auto language = detect_language(text, words, {}).tag;
    return classify_sentiment({.text = text, .words = words, .language = language, .claim = {}, .stars = stars}, {});
}

struct LabelledText {
    const char* text;
    Polarity label;
};

class SentimentTable : public testing::TestWithParam<LabelledText> {};

TEST_P(SentimentTable, labels_each_text_as_listed) {
    const auto sentiment = sentiment_of(GetParam().text);
    EXPECT_EQ(sentiment.label, GetParam().label) << GetParam().text << " " << sentiment.score;
    EXPECT_GE(sentiment.score, -1);
    EXPECT_LE(sentiment.score, 1);
}

const LabelledText kLabelled[] = {
    {"The best coffee in town, love it!", Polarity::positive},
    {"Terrible service and the staff was rude", Polarity::negative},
    {"The branch opens at nine", Polarity::neutral},
    {"not good", Polarity::negative},
    {"It wasn't bad at all", Polarity::positive},
    {"I don't like this place", Polarity::negative},
    {"Nice place but the service is horrible", Polarity::negative},
    {"sooooo gooood", Polarity::positive},
    {"waste of money", Polarity::negative},
    {"see you there :)", Polarity::positive},
    {"my order :(", Polarity::negative},
    {"read https://example.org/x", Polarity::neutral},
    {"😡😡😡", Polarity::negative},
    {"😍", Polarity::positive},
    {"القهوة رائعة والموظفين محترمين", Polarity::positive},
    {"خدمة سيئة جدا وتأخير", Polarity::negative},
    {"الفرع يفتح الساعة التاسعة", Polarity::neutral},
    {"راااائع", Polarity::positive},
    {"مو حلو", Polarity::negative},
    {"مش كويس خالص", Polarity::negative},
    {"تجربة زفت", Polarity::negative},
    {"حبيت المكان وبالتوفيق", Polarity::positive},
    {"المكان حلو بس الخدمة زبالة", Polarity::negative},
    {"بزاف زوين", Polarity::positive},
    {"والله يعطيكم العافية", Polarity::positive},
    {"", Polarity::neutral},
};
INSTANTIATE_TEST_SUITE_P(texts, SentimentTable, testing::ValuesIn(kLabelled));

TEST(Sentiment, grows_with_intensity_and_shouting) {
    EXPECT_GT(sentiment_of("very good").score, sentiment_of("good").score);
    EXPECT_LT(sentiment_of("slightly bad").score * -1, sentiment_of("bad").score * -1);
    EXPECT_GT(sentiment_of("this is GOOD").score, sentiment_of("this is good").score);
    EXPECT_GT(sentiment_of("good!").score, sentiment_of("good").score);
    EXPECT_GT(sentiment_of("حلو كتير").score, sentiment_of("حلو").score);
    EXPECT_GT(sentiment_of("رااائع").score, sentiment_of("رائع").score);
}

TEST(Sentiment, names_the_words_that_decided_and_their_shares_in_the_score) {
    const auto sentiment = sentiment_of("Great coffee but the delivery was terribly late 😡");
    std::vector<std::string> negative;
    std::vector<std::string> positive;
    double sum = 0;
    for (const auto& word : sentiment.words) {
        (word.weight > 0 ? positive : negative).push_back(word.text);
        sum += word.weight;
    }
    EXPECT_EQ(positive.at(0), "Great");
    EXPECT_NE(std::find(negative.begin(), negative.end(), "😡"), negative.end());
    EXPECT_NEAR(sum, sentiment.score, 0.25) << "the rest is what no word is to blame for";
    EXPECT_LT(sentiment.score, 0);
}

TEST(Sentiment, shows_a_negation_together_with_the_word_that_it_turns) {
    const auto sentiment = sentiment_of("this is not good");
    const auto turned = std::find_if(sentiment.words.begin(), sentiment.words.end(),
                                     [](const SentimentWord& word) { return word.text == "not good"; });
    ASSERT_NE(turned, sentiment.words.end());
    EXPECT_LT(turned->weight, 0);
}

TEST(Sentiment, a_negation_does_not_reach_over_the_end_of_a_clause) {
    EXPECT_EQ(sentiment_of("No. Great service, love it").label, Polarity::positive);
}

TEST(Sentiment, is_mixed_when_both_sides_have_deciding_words_and_the_label_stays_one_of_three) {
    EXPECT_TRUE(sentiment_of("I love the coffee but I hate the waiting").mixed);
    EXPECT_TRUE(sentiment_of("القهوة رائعة بس الخدمة زبالة").mixed);
    EXPECT_FALSE(sentiment_of("I love the coffee and the place").mixed);
    EXPECT_FALSE(sentiment_of("The branch opens at nine").mixed);
}

TEST(Sentiment, below_the_confidence_floor_is_neutral_and_unsure) {
    const std::string_view text = "I love it";
    const auto words = tokenize(text);
    const SentimentInput input{.text = text, .words = words, .language = "en"};
    const auto sure = classify_sentiment(input, {.confidence_floor = 0.38});
    EXPECT_EQ(sure.label, Polarity::positive);
    EXPECT_FALSE(sure.unsure);
    const auto strict = classify_sentiment(input, {.confidence_floor = 0.999});
    EXPECT_EQ(strict.label, Polarity::neutral);
    EXPECT_TRUE(strict.unsure);
    EXPECT_EQ(strict.score, sure.score);
}

TEST(Sentiment, of_a_language_without_weights_follows_emoji_and_is_never_sure) {
    const auto of = [](std::string_view text, std::string_view claim) {
        const auto words = tokenize(text);
        return classify_sentiment({.text = text, .words = words, .language = "ru", .claim = claim}, {});
    };
    EXPECT_EQ(of("Сегодня 😡😡😡", "").label, Polarity::negative);
    EXPECT_TRUE(of("Сегодня 😡😡😡", "").unsure);
    EXPECT_EQ(of("Сегодня среда", "").label, Polarity::neutral);
    EXPECT_TRUE(of("Сегодня среда", "").unsure);
}

TEST(Sentiment, of_latin_text_follows_the_platform_where_the_language_is_not_plain) {
    const auto weights = [](std::string_view text, std::string_view language, std::string_view claim) {
        return sentiment_weights_for(language, claim, tokenize(text));
    };
    const auto* arabic = weights("قهوة", "ar", "");
    const auto* english = weights("coffee", "en", "");
    ASSERT_TRUE(arabic && english && arabic != english);
    EXPECT_EQ(weights("zwin bzaf", "und", "ar"), arabic);
    EXPECT_EQ(weights("zwin bzaf", "ar-Latn", ""), arabic);
    EXPECT_EQ(weights("meh", "nl", "en"), english);
    EXPECT_EQ(weights("meh", "und", ""), english);
    EXPECT_EQ(weights("café", "fr", ""), nullptr);
    EXPECT_EQ(weights("coffee", "en", "ar"), english);
}

TEST(Sentiment, of_nothing_is_nothing) {
    EXPECT_EQ(sentiment_of(""), Sentiment{});
    EXPECT_EQ(sentiment_of("…").label, Polarity::neutral);
}

TEST(Sentiment, stays_within_bounds_for_any_text) {
    std::string monster;
    for (int i = 0; i < 3000; ++i) monster += i % 2 ? "terrible 😡 " : "\xF0\x9F!!!";
    const auto sentiment = sentiment_of(monster);
    EXPECT_GE(sentiment.score, -1);
    EXPECT_LE(sentiment.score, 1);
    EXPECT_LE(sentiment.words.size(), 40u);
}

TEST(Sentiment, of_a_review_follows_its_stars) {
    EXPECT_EQ(sentiment_of("the coffee", 1.0).label, Polarity::negative);
    EXPECT_EQ(sentiment_of("the coffee", 5.0).label, Polarity::positive);
    EXPECT_EQ(sentiment_of("great", 1.0).label, Polarity::negative);
    EXPECT_EQ(sentiment_of("the coffee", 3.0).label, Polarity::neutral);
    EXPECT_LE(sentiment_of("great", 500.0).score, 1);
}

TEST(Stems, read_arabic_words_without_their_particles) {
    const auto read = [](std::string_view word) {
        std::vector<std::string> out;
        const Stems stems(word);
        for (const auto& stem : stems) out.emplace_back(stem.text);
        return out;
    };
    EXPECT_EQ(read("coffee"), (std::vector<std::string>{"coffee"}));
    EXPECT_EQ(read("بن"), (std::vector<std::string>{"بن"}));
    EXPECT_EQ(read("والبن"), (std::vector<std::string>{"والبن", "البن", "بن"}));
    EXPECT_EQ(read("بابل"), (std::vector<std::string>{"بابل"}));
    EXPECT_EQ(read("للبنك"), (std::vector<std::string>{"للبنك", "لبنك", "بنك", "البنك", "اللبنك"}));
}

}  // namespace
}  // namespace rasid

#include "rules/influence.hpp"
#include "rules/language.hpp"
#include "rules/particles.hpp"
#include "rules/sentiment.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace rasid {
namespace {

std::string language_of(std::string_view text, std::string_view claim = {}) {
    return detect_language(text, tokenize(text), claim).tag;
}

Sentiment sentiment_of(std::string_view text, std::optional<double> stars = {}) {
    const auto words = tokenize(text);
    return classify_by_lexicon({.text = text, .words = words, .language = "", .stars = stars});
}

TEST(Language, follows_the_script_first) {
    EXPECT_EQ(language_of("القهوة طيبة جدا"), "ar");
    EXPECT_EQ(language_of("جربت cold brew من Nasma coffee والله لذيذ"), "ar");
    EXPECT_EQ(language_of("Привет всем"), "ru");
    EXPECT_EQ(language_of("Привіт, як справи"), "uk");
    EXPECT_EQ(language_of("我喜欢咖啡"), "zh");
    EXPECT_EQ(language_of("コーヒーが好きです"), "ja");
    EXPECT_EQ(language_of("این قهوه خیلی خوب است و من آن را دوست دارم"), "fa");
    EXPECT_EQ(language_of("یہ کافی بہت اچھی ہے اور میں نے دو پی لیں"), "ur");
    EXPECT_EQ(language_of("گهوة چاي"), "ar");
}

TEST(Language, of_latin_script_follows_common_words) {
    EXPECT_EQ(language_of("The coffee was cold and nobody cared"), "en");
    EXPECT_EQ(language_of("Le café est froid et je ne suis pas content"), "fr");
    EXPECT_EQ(language_of("El café está frío y nadie responde"), "es");
    EXPECT_EQ(language_of("Der Kaffee ist kalt und niemand antwortet"), "de");
}

TEST(Language, knows_arabic_written_in_latin_letters_and_digits) {
    EXPECT_EQ(language_of("ya 7abibi nasma a7la 2ahwe b amman"), "ar-Latn");
    EXPECT_EQ(language_of("we open at 7pm with mp3 players and covid19 rules"), "en");
}

TEST(Language, asks_the_platform_only_where_the_text_is_silent) {
    EXPECT_EQ(language_of("Zzyzx qwrt", "nl"), "nl");
    EXPECT_EQ(language_of("😀😀", "ar-SA"), "ar");
    EXPECT_EQ(language_of("القهوة طيبة", "en"), "ar");
    EXPECT_EQ(language_of("The coffee was cold", "fr"), "en");
    EXPECT_EQ(language_of("Zzyzx qwrt", "ar"), "und");
    EXPECT_EQ(language_of("Zzyzx qwrt", "not a tag"), "und");
    EXPECT_EQ(language_of(""), "und");
    EXPECT_EQ(language_of("@handle https://example.org/the-and-of"), "und");
}

struct Labelled {
    const char* text;
    Polarity label;
};

class SentimentTable : public testing::TestWithParam<Labelled> {};

TEST_P(SentimentTable, labels_each_text_as_listed) {
    const auto sentiment = sentiment_of(GetParam().text);
    EXPECT_EQ(sentiment.label, GetParam().label) << GetParam().text << " " << sentiment.score;
    EXPECT_GE(sentiment.score, -1);
    EXPECT_LE(sentiment.score, 1);
}

const Labelled kLabelled[] = {
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
    {"ما عجبني ابدا", Polarity::negative},
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

TEST(Sentiment, names_the_words_whose_weights_add_up_to_its_score) {
    const auto sentiment = sentiment_of("Great coffee but the delivery was terribly late 😡");
    double sum = 0;
    for (const auto& word : sentiment.words) sum += word.weight;
    EXPECT_NEAR(sum, sentiment.score, 1e-9);
    ASSERT_EQ(sentiment.words.size(), 3u);
    EXPECT_EQ(sentiment.words[0].text, "Great");
    EXPECT_EQ(sentiment.words[1].text, "late");
    EXPECT_EQ(sentiment.words[2].text, "😡");
}

TEST(Sentiment, of_a_review_follows_its_stars) {
    EXPECT_EQ(sentiment_of("the coffee", 1.0).label, Polarity::negative);
    EXPECT_EQ(sentiment_of("the coffee", 5.0).label, Polarity::positive);
    EXPECT_EQ(sentiment_of("great", 1.0).label, Polarity::negative);
    EXPECT_EQ(sentiment_of("the coffee", 3.0).label, Polarity::neutral);
    EXPECT_LE(sentiment_of("great", 500.0).score, 1);
}

TEST(Influence, grows_with_followers_engagement_and_verification) {
    Mention mention;
    const auto unknown = measure_influence(mention);
    EXPECT_EQ(unknown.reasons, (std::vector<std::string>{"followers unknown"}));
    mention.author.followers = 0;
    const auto nobody = measure_influence(mention);
    EXPECT_EQ(nobody.score, 0);
    mention.author.followers = 10000;
    const auto known = measure_influence(mention);
    EXPECT_EQ(known.score, 40);
    mention.author.verified = true;
    mention.reshares = 500;
    const auto heard = measure_influence(mention);
    EXPECT_GT(heard.score, known.score + 10);
    EXPECT_EQ(heard.reasons.size(), 3u);
    mention.author.followers = 1'000'000'000'000;
    mention.likes = 1'000'000'000'000;
    EXPECT_EQ(measure_influence(mention).score, 100);
    mention.author.followers = -5;
    mention.likes = -5;
    mention.reshares = 0;
    EXPECT_EQ(measure_influence(mention).score, 10);
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
    EXPECT_EQ(read("للبنك"), (std::vector<std::string>{"للبنك", "بنك", "لبنك", "البنك", "اللبنك"}));
}

}  // namespace
}  // namespace rasid

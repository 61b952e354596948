#include "rules/language.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <map>

namespace rasid {
namespace {

LanguageGuess guess_of(std::string_view text, std::string_view claim = {}) {
    return detect_language(text, tokenize(text), claim);
}

std::string language_of(std::string_view text, std::string_view claim = {}) { return guess_of(text, claim).tag; }

struct LabelledPost {
    std::string language;
    std::string text;
};

std::vector<LabelledPost> labelled_posts() {
    std::ifstream in(RASID_SOURCE_DIR "/tests/rules/data/languages.tsv");
    std::vector<LabelledPost> posts;
    for (std::string line; std::getline(in, line);) {
        const auto tab = line.find('\t');
        if (line.starts_with('#') || tab == std::string::npos) continue;
        posts.push_back({line.substr(0, tab), line.substr(tab + 1)});
    }
    return posts;
}

TEST(Language, names_the_language_of_nearly_every_labelled_post) {
    struct Count {
        int all = 0;
        int right = 0;
    };
    std::map<std::string, Count> counts;
    Count together;
    for (const auto& post : labelled_posts()) {
        const auto guess = guess_of(post.text);
        const bool right = guess.tag == post.language;
        for (auto* count : {&counts[post.language], &together}) {
            ++count->all;
            count->right += right;
        }
        if (!right)
            std::printf("%s, not %s (%s): %s\n", guess.tag.c_str(), post.language.c_str(), guess.why.c_str(),
                        post.text.c_str());
    }
    ASSERT_GE(together.all, 120);
    EXPECT_EQ(counts["ar"].right, counts["ar"].all);
    EXPECT_EQ(counts["und"].right, counts["und"].all);
    EXPECT_GE(counts["en"].right * 100, counts["en"].all * 98);
    EXPECT_GE(counts["ar-Latn"].right * 100, counts["ar-Latn"].all * 90);
    EXPECT_GE(together.right * 100, together.all * 97);
}

TEST(Language, of_arabic_script_needs_more_than_a_letter_to_be_persian) {
    EXPECT_EQ(language_of("گهوة چاي"), "ar");
    EXPECT_EQ(language_of("وقتاش يلعبو"), "ar");
    EXPECT_EQ(language_of("این قهوه خیلی خوب است و من آن را دوست دارم"), "fa");
    EXPECT_EQ(language_of("القهوة طيبة", "fa"), "ar");
}

TEST(Language, of_short_latin_text_believes_the_platform_where_the_words_are_silent) {
    EXPECT_EQ(language_of("Zzyzx qwrt", "nl"), "nl");
    EXPECT_TRUE(guess_of("Zzyzx qwrt", "nl").low_confidence);
    EXPECT_EQ(language_of("The coffee was cold", "fr"), "en");
    EXPECT_NE(language_of("Zzyzx qwrt", "ar"), "ar") << "Latin letters are no Arabic because a platform says so";
    EXPECT_NE(language_of("Zzyzx qwrt", "not a tag"), "not");
}

TEST(Language, of_a_text_without_letters_is_what_the_platform_says) {
    EXPECT_EQ(language_of("😀😀", "ar-SA"), "ar");
    EXPECT_EQ(language_of(""), "und");
    EXPECT_EQ(language_of("@handle https://example.org/the-and-of"), "und");
    EXPECT_TRUE(guess_of("😀😀").low_confidence);
}

TEST(Language, marks_arabic_in_latin_letters_as_a_guess_and_says_by_which_words) {
    const auto guess = guess_of("ya 7abibi nasma a7la 2ahwe b amman");
    EXPECT_EQ(guess.tag, "ar-Latn");
    EXPECT_TRUE(guess.low_confidence);
    EXPECT_EQ(guess.why, "arabizi");
    EXPECT_NE(guess.words.find("7abibi"), std::string::npos) << guess.words;
}

TEST(Language, takes_numbers_in_english_for_numbers) {
    for (const auto* text : {"see you 2day at 7pm, 3rd floor", "gr8 mp3 player from 2nd hand store",
                             "I said wallah habibi this is the best place in the city", "iphone7 and ps5 for 5min each",
                             "5star hotel, 3way call, 2much", "b2b and h2o and covid19"})
        EXPECT_NE(language_of(text), "ar-Latn") << text;
}

TEST(Language, of_a_mixed_text_is_the_larger_part_and_every_part_is_named_with_its_place) {
    const std::string text = "الطلب تأخر ساعتين والخدمة سيئة جدا. I want my money back as soon as possible please";
    const auto guess = guess_of(text);
    EXPECT_EQ(guess.tag, "en");
    ASSERT_EQ(guess.segments.size(), 2u);
    EXPECT_EQ(guess.segments[0].tag, "ar");
    EXPECT_EQ(text.substr(guess.segments[0].start, guess.segments[0].end - guess.segments[0].start),
              "الطلب تأخر ساعتين والخدمة سيئة جدا");
    EXPECT_EQ(guess.segments[1].tag, "en");
    EXPECT_EQ(text.substr(guess.segments[1].start, guess.segments[1].end - guess.segments[1].start),
              "I want my money back as soon as possible please");
}

TEST(Language, of_two_latin_languages_in_one_text_is_told_apart) {
    const std::string text =
        "Bonjour, votre application ne fonctionne plus depuis la dernière mise à jour et personne ne répond. "
        "Hello, your application has stopped working since the last update and nobody answers the phone.";
    const auto guess = guess_of(text);
    ASSERT_GE(guess.segments.size(), 2u);
    EXPECT_EQ(guess.segments.front().tag, "fr");
    EXPECT_EQ(guess.segments.back().tag, "en");
}

TEST(Language, is_not_mixed_by_names_and_brands) {
    EXPECT_TRUE(guess_of("جربت cold brew من Nasma coffee والله لذيذ").segments.empty());
    EXPECT_TRUE(guess_of("I had a cup of قهوة and it was lovely").segments.empty());
    EXPECT_EQ(language_of("meeting خلص بدري, sitting في نسمة الآن مع flat white"), "ar");
}

TEST(Language, segments_never_overlap_nor_leave_the_text) {
    for (const auto& post : labelled_posts()) {
        const auto text = post.text + " and then we all went home together. " + post.text;
        const auto guess = guess_of(text);
        std::size_t at = 0;
        for (const auto& segment : guess.segments) {
            EXPECT_GE(segment.start, at);
            EXPECT_GT(segment.end, segment.start);
            EXPECT_LE(segment.end, text.size());
            at = segment.end;
        }
    }
}

TEST(Language, survives_bytes_that_are_no_text) {
    EXPECT_EQ(language_of("\xff\xfe\xfd"), "und");
    EXPECT_EQ(language_of("ab\xff\xd8 the coffee is \xf0\x9f cold and bad"), "en");
    std::string long_text;
    for (int i = 0; i < 20000; ++i) long_text += i % 2 ? "le café " : "the coffee ";
    EXPECT_FALSE(language_of(long_text).empty());
}

TEST(PrimaryLanguage, is_the_first_part_in_lower_case) {
    EXPECT_EQ(primary_language("ar-EG"), "ar");
    EXPECT_EQ(primary_language("EN_us"), "en");
    EXPECT_EQ(primary_language("not a tag"), "");
    EXPECT_EQ(primary_language("und"), "");
    EXPECT_EQ(primary_language(""), "");
}

}  // namespace
}  // namespace rasid

#include "core/reason.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace rasid {
namespace {

const Texts kEnglish("en");
const Texts kArabic("ar");

TEST(Reason, says_the_same_in_the_language_of_whoever_reads) {
    const Reason reason{"incident.volume", {"3", "1.5"}};
    EXPECT_EQ(in_words(reason, kEnglish), "3 mentions within an hour, usual are 1.5");
    EXPECT_EQ(in_words(reason, kArabic), "3 إشارات خلال ساعة، والمعتاد \u20681.5\u2069");
    EXPECT_EQ(in_words(Reason{"incident.volume", {"2", "1.5"}}, kArabic),
              "إشارتان خلال ساعة، والمعتاد \u20681.5\u2069");
    EXPECT_EQ(in_words(Reason{"incident.volume", {"1", "0.2"}}, kEnglish), "1 mention within an hour, usual are 0.2");
}

TEST(Reason, isolates_what_came_from_outside_in_a_sentence_that_reads_from_right_to_left) {
    const Reason reason{"rule", {"late", "never came", "تأخر"}};
    EXPECT_EQ(in_words(reason, kEnglish), "rule “late” hit: “never came”, “تأخر”");
    EXPECT_EQ(in_words(reason, kArabic),
              "طابقت القاعدة «\u2068late\u2069»: «\u2068never came\u2069»، «\u2068تأخر\u2069»");
}

TEST(Reason, does_not_take_outside_text_for_a_message) {
    EXPECT_EQ(in_words(Reason{"rule", {"{words}", "'{'", "it's {0}"}}, kEnglish),
              "rule “{words}” hit: “'{'”, “it's {0}”");
}

TEST(Reason, of_every_code_is_said_in_both_languages) {
    const auto is_arabic = [](char letter) {
        const auto byte = static_cast<unsigned char>(letter);
        return byte >= 0xD8 && byte <= 0xDB;
    };
    for (const auto code : reason_codes()) {
        for (const std::size_t values : {0U, 9U}) {
            const Reason reason{std::string(code), std::vector<std::string>(values, "7")};
            const auto english = in_words(reason, kEnglish);
            const auto arabic = in_words(reason, kArabic);
            EXPECT_GT(english.size(), 5U) << code;
            EXPECT_TRUE(std::ranges::any_of(arabic, is_arabic)) << code << ": " << arabic;
            EXPECT_TRUE(std::ranges::none_of(english, is_arabic)) << code << ": " << english;
            EXPECT_EQ(english.find('{'), std::string::npos) << english;
            EXPECT_EQ(arabic.find('{'), std::string::npos) << arabic;
            EXPECT_NE(english, "reason." + std::string(code));
        }
    }
}

TEST(Reason, that_an_earlier_version_kept_as_words_is_said_as_it_stands) {
    EXPECT_EQ(in_words(already_said("rule {late} hit"), kArabic), "rule {late} hit");
    EXPECT_EQ(in_words(Reason{"of_tomorrow", {"one", "two"}}, kEnglish), "one two");
    EXPECT_EQ(in_words(Reason{}, kEnglish), "");
}

TEST(Reason, several_are_one_line) {
    const std::vector<Reason> reasons = {{"released.away", {"Sara"}}, {"assigned.nobody", {}}};
    EXPECT_EQ(in_one_line(reasons, kEnglish), "Sara is away; nobody is here");
    EXPECT_EQ(in_one_line({}, kEnglish), "");
    EXPECT_EQ(in_words(reasons, kEnglish), (std::vector<std::string>{"Sara is away", "nobody is here"}));
}

}  // namespace
}  // namespace rasid

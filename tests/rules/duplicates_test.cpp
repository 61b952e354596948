#include "rules/duplicates.hpp"
#include "tests/support/test_day.hpp"

#include <gtest/gtest.h>

#include <random>

namespace rasid {
namespace {

using namespace std::chrono_literals;

TextSketch sketch(const std::string& text) { return sketch_of(tokenize(text)); }

bool copies(const std::string& a, const std::string& b) { return is_copy(sketch(a), sketch(b)); }

const std::string kPost =
    "The delivery took three hours, the coffee was cold and nobody at the Olaya branch wanted to talk to us about it";
const std::string kArabicPost =
    "التوصيل تأخر ثلاث ساعات والقهوة وصلت باردة ولا أحد من فرع العليا رضي يكلمنا أو يعوضنا عن الطلب الناقص";

TEST(Copies, are_recognised_through_what_reposting_does_to_a_text) {
    for (const auto& post : {kPost, kArabicPost}) {
        EXPECT_TRUE(copies(post, post));
        EXPECT_TRUE(copies(post, "RT @hind_z: " + post));
        EXPECT_TRUE(copies(post, post + " via @news_bot"));
        EXPECT_TRUE(copies(post + " https://example.org/a", post + " https://short.example/zz9"));
        EXPECT_TRUE(copies(post, "😡😡 " + post + " !!!"));
        EXPECT_TRUE(copies(post, post.substr(0, post.rfind(' ', post.size() * 2 / 3)) + "…"));
        EXPECT_TRUE(copies(post, post + " #coffee #riyadh"));
    }
    EXPECT_TRUE(copies(
        kArabicPost,
        "التَّوصيل تأخّر ثلاث ساعات والقهوه وصلت بارده ولا احد من فرع العليا رضي يكلمنا او يعوضنا عن الطلب الناقص"));
    EXPECT_TRUE(copies(kPost, "THE DELIVERY TOOK THREE HOURS the coffee was cold and nobody at the olaya branch wanted "
                              "to talk to us about it"));
}

TEST(Copies, are_not_texts_about_the_same_thing) {
    EXPECT_FALSE(copies(
        kPost, "The coffee was cold and the delivery took far too long, I will talk to the branch about it tomorrow"));
    EXPECT_FALSE(copies(kPost, kArabicPost));
    EXPECT_FALSE(
        copies(kArabicPost, "القهوة وصلت باردة والتوصيل متأخر كالعادة في هذا المحل وما ننصح أحد يطلب منهم بعد اليوم"));
}

TEST(Copies, of_short_texts_have_the_same_words_in_the_same_order) {
    EXPECT_TRUE(sketch("شكرا").empty());
    EXPECT_TRUE(sketch("good morning all").empty());
    EXPECT_TRUE(sketch("ok ok ok ok").empty());
    EXPECT_TRUE(sketch("😀😀😀😀😀 https://example.org @somebody").empty());
    EXPECT_FALSE(copies("شكرا", "شكرا"));
    EXPECT_TRUE(copies("coffee was cold again today", "RT @a: Coffee was cold again today!"));
    EXPECT_FALSE(copies("coffee was cold again today", "coffee was warm again today"));
    EXPECT_FALSE(copies("coffee was cold again today", "today coffee was cold again"));
}

TEST(Copies, say_how_much_they_resemble) {
    EXPECT_DOUBLE_EQ(resemblance(sketch(kPost), sketch(kPost)), 1);
    EXPECT_DOUBLE_EQ(resemblance(sketch(kPost), TextSketch{}), 0);
    EXPECT_LT(resemblance(sketch(kPost), sketch(kArabicPost)), 0.2);
}

TEST(TextSketch, is_the_same_after_being_written_and_read) {
    for (const auto& text : {std::string("شكرا"), std::string("coffee was cold again today"), kPost, kArabicPost})
        EXPECT_EQ(parse_text_sketch(to_string(sketch(text))), sketch(text));
    EXPECT_EQ(to_string(TextSketch{}), "");
    EXPECT_EQ(parse_text_sketch(""), TextSketch{});
    for (const auto* broken :
         {"n", "nonsense", "n0000", "x0001000100010001000100010001000100010001000100010001000100010001000100",
          "n00010001000100010001000100010001000100010001000100010001000100010 01"})
        EXPECT_FALSE(parse_text_sketch(broken)) << broken;
}

TEST(DuplicateIndex, finds_the_group_of_a_copy_and_of_nothing_else) {
    DuplicateIndex index;
    index.add(sketch(kPost), "first", kMidnight);
    index.add(sketch(kArabicPost), "second", kMidnight);
    EXPECT_EQ(index.find(sketch("RT @x: " + kPost), kMidnight + 1h), "first");
    EXPECT_EQ(index.find(sketch(kArabicPost + " 😡"), kMidnight + 1h), "second");
    EXPECT_FALSE(
        index.find(sketch("something that nobody has said before, at least not here and not today"), kMidnight));
    EXPECT_FALSE(index.find(TextSketch{}, kMidnight));
}

TEST(DuplicateIndex, keeps_variants_in_the_group_of_the_first) {
    DuplicateIndex index;
    index.add(sketch(kPost), "first", kMidnight);
    const auto edited = kPost + " and I am never going to order from these people again, believe me";
    ASSERT_EQ(index.find(sketch(edited), kMidnight), "first");
    index.add(sketch(edited), "first", kMidnight + 1h);
    EXPECT_EQ(index.size(), 2u);
    EXPECT_EQ(index.find(sketch(edited + " ☕"), kMidnight + 2h), "first");
}

TEST(DuplicateIndex, costs_nothing_for_the_same_text_again) {
    DuplicateIndex index;
    for (int i = 0; i < 100; ++i) index.add(sketch(kPost), "first", kMidnight + i * 1min);
    EXPECT_EQ(index.size(), 1u);
}

TEST(DuplicateIndex, forgets_after_its_window_unless_copies_keep_coming) {
    DuplicateIndex index(24h);
    index.add(sketch(kPost), "first", kMidnight);
    EXPECT_TRUE(index.find(sketch(kPost), kMidnight + 23h));
    EXPECT_FALSE(index.find(sketch(kPost), kMidnight + 25h));
    index.add(sketch(kPost), "first", kMidnight + 20h);
    EXPECT_TRUE(index.find(sketch(kPost), kMidnight + 25h));
}

std::string invented_post(std::mt19937& random) {
    std::string text;
    for (int i = 0; i < 14; ++i) text += "word" + std::to_string(random() % 5000) + "x ";
    return text;
}

TEST(DuplicateIndex, holds_no_more_than_it_may_and_knows_the_newest) {
    constexpr std::size_t kMost = 1000;
    DuplicateIndex index(24h, kMost);
    std::mt19937 random(7);
    std::vector<TextSketch> sketches;
    for (int i = 0; i < 3'000; ++i) {
        sketches.push_back(sketch(invented_post(random)));
        index.add(sketches.back(), std::to_string(i), kMidnight + std::chrono::seconds(i));
    }
    EXPECT_EQ(index.size(), kMost);
    int known = 0;
    for (int i = 2'000; i < 3'000; ++i)
        known += index.find(sketches[static_cast<std::size_t>(i)], kMidnight + 3h) == std::to_string(i);
    EXPECT_EQ(known, 1'000);
    int old = 0;
    for (int i = 0; i < 2'000; ++i)
        old += index.find(sketches[static_cast<std::size_t>(i)], kMidnight + 3h).has_value();
    EXPECT_EQ(old, 0);
}

TEST(DuplicateIndex, gives_the_same_answers_to_the_same_calls) {
    const auto answers = [] {
        DuplicateIndex index(24h, 500);
        std::mt19937 random(11);
        std::string out;
        std::vector<std::string> posts;
        for (int i = 0; i < 3'000; ++i) {
            posts.push_back(i % 3 == 0 && i > 0 ? posts[random() % posts.size()] + " again" : invented_post(random));
            const auto made = sketch(posts.back());
            const auto at = kMidnight + std::chrono::seconds(i);
            const auto group = index.find(made, at);
            const std::string name = group ? std::string(*group) : std::to_string(i);
            out += name + ",";
            index.add(made, name, at);
        }
        return out;
    };
    EXPECT_EQ(answers(), answers());
}

}  // namespace
}  // namespace rasid

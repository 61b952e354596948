#include "rules/topics.hpp"

#include <gtest/gtest.h>

#include <deque>

namespace rasid {
namespace {

/// Mentions of a day, each by an author of its own unless one is given.
class Day {
public:
    Day& say(const std::string& text, int times = 1, const std::string& language = "en") {
        for (int i = 0; i < times; ++i) by("author" + std::to_string(texts_.size()), text, language);
        return *this;
    }
    Day& by(const std::string& author, const std::string& text, const std::string& language = "en") {
        texts_.push_back({language, author, text});
        const auto& kept = texts_.back();
        mentions_.push_back({kept.language, kept.author, kept.text});
        return *this;
    }
    const std::vector<TopicMention>& mentions() const { return mentions_; }

private:
    struct Said {
        std::string language;
        std::string author;
        std::string text;
    };
    std::deque<Said> texts_;
    std::vector<TopicMention> mentions_;
};

WordCounts usual_weeks(const std::string& language = "en") {
    WordCounts before;
    for (int day = 0; day < 28; ++day) {
        Day one;
        one.say("coffee tastes nice today", 10, language)
            .say("slow delivery, coffee arrives late", 3, language)
            .say("branch opens early", 4, language);
        before.add(count_words(one.mentions())[language]);
    }
    return before;
}

std::vector<std::string> words(const std::vector<RisingTopic>& topics) {
    std::vector<std::string> out;
    for (const auto& topic : topics) out.push_back(topic.word);
    return out;
}

TEST(Topics, are_words_that_are_written_far_more_often_than_before) {
    Day today;
    today.say("coffee tastes nice today", 10).say("allergy after almond drink", 6).say("branch opens early", 4);
    const auto topics = rising_topics(today.mentions(), "en", usual_weeks(), {}, {});
    ASSERT_EQ(topics.size(), 1u);
    EXPECT_FALSE(topics[0].times) << "never seen before";
    EXPECT_EQ(topics[0].authors, 6);
    EXPECT_EQ(topics[0].mentions.size(), 6u);
    EXPECT_EQ(topics[0].with.size(), 2u) << "words of the same mentions are one topic";
}

TEST(Topics, say_by_how_much_a_known_word_has_risen) {
    Day today;
    today.say("coffee tastes nice today", 4).say("slow delivery, coffee arrives late", 12);
    const auto topics = rising_topics(today.mentions(), "en", usual_weeks(), {}, {});
    ASSERT_FALSE(topics.empty());
    ASSERT_TRUE(topics[0].times);
    EXPECT_NEAR(*topics[0].times, (12.0 / 16) / (3.0 / 17), 0.01);
    EXPECT_GT(topics[0].score, 2);
}

TEST(Topics, do_not_rise_on_a_usual_day) {
    Day today;
    today.say("coffee tastes nice today", 10).say("slow delivery, coffee arrives late", 3).say("branch opens early", 4);
    EXPECT_TRUE(rising_topics(today.mentions(), "en", usual_weeks(), {}, {}).empty());
}

TEST(Topics, rise_also_where_only_a_few_authors_are_known) {
    Day past;
    past.say("coffee tastes nice", 40);
    Day today;
    today.say("almond allergy", 5).say("coffee tastes nice");
    const auto topics = rising_topics(today.mentions(), "en", count_words(past.mentions())["en"], {}, {});
    ASSERT_EQ(topics.size(), 1u);
    EXPECT_EQ(topics[0].authors, 5);
}

TEST(Topics, need_several_authors) {
    Day today;
    today.say("coffee tastes nice today", 10);
    for (int i = 0; i < 30; ++i) today.by("spammer", "buy cheap followers");
    today.by("one", "earthquake").by("two", "earthquake");
    EXPECT_TRUE(rising_topics(today.mentions(), "en", usual_weeks(), {}, {}).empty());
}

TEST(Topics, need_weeks_to_compare_with) {
    Day today;
    today.say("allergy after almond drink", 10);
    EXPECT_TRUE(rising_topics(today.mentions(), "en", {}, {}, {}).empty());
}

TEST(Topics, leave_out_common_words_numbers_links_handles_and_what_is_ignored) {
    const std::string text = "And they were 2026 at https://example.org/outage @somebody #BigOutage nasma 100 of";
    EXPECT_EQ(topic_words(text, "en"), (std::vector<std::string>{"big", "outage", "nasma"}));
    Day today;
    today.say(text, 8);
    const auto topics = rising_topics(today.mentions(), "en", usual_weeks(), {"nasma", "big"}, {});
    EXPECT_EQ(words(topics), (std::vector<std::string>{"Outage"}));
}

TEST(Topics, of_arabic_are_the_same_word_with_and_without_the_article_and_shown_as_most_write_it) {
    EXPECT_EQ(topic_words("القهوة وقهوة والقهوة للقهوة بالقهوة", "ar"), (std::vector<std::string>{"قهوه", "وقهوه"}));
    Day today;
    today.say("تحسس من مشروب اللوز", 3, "ar")
        .say("مشروب اللَّوز سبب تحسّس", 2, "ar")
        .say("اللوز خطير", 2, "ar")
        .say("coffee", 5, "en");
    const auto topics = rising_topics(today.mentions(), "ar", usual_weeks("ar"), {}, {});
    ASSERT_FALSE(topics.empty());
    EXPECT_EQ(topics[0].word, "اللوز");
    EXPECT_EQ(topics[0].authors, 7);
}

TEST(Topics, are_sought_in_each_language_by_itself) {
    Day day;
    day.say("gift card", 4, "en").say("gift", 2, "de");
    const auto counts = count_words(day.mentions());
    EXPECT_EQ(counts.at("en").words.at("gift"), 4);
    EXPECT_EQ(counts.at("en").authors, 4);
    EXPECT_EQ(counts.at("de").words.at("gift"), 2);
}

TEST(Topics, are_no_more_than_asked_for_and_the_most_surprising_first) {
    Day today;
    const std::vector<std::string> events = {"storm", "parade", "strike", "outage", "recall", "robbery"};
    for (std::size_t i = 0; i < events.size(); ++i) today.say(events[i], static_cast<int>(3 + i));
    TopicBounds bounds;
    bounds.most = 4;
    const auto topics = rising_topics(today.mentions(), "en", usual_weeks(), {}, bounds);
    EXPECT_EQ(words(topics), (std::vector<std::string>{"robbery", "recall", "outage", "strike"}));
}

}  // namespace
}  // namespace rasid

#include "escalation/channel_speed.hpp"
#include "escalation/priority_sum.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

Queue queue(std::string name, std::string channel, std::optional<Duration> first, std::string brand = {}) {
    return {.name = std::move(name),
            .channel = std::move(channel),
            .targets = {.first_response = first},
            .brand = std::move(brand)};
}

TEST(ChannelSpeed, shipped_targets_obey_phone_and_chat_before_social_before_email) {
    std::vector<Queue> shipped;
    for (const auto* channel : {"phone", "chat", "social", "email"})
        shipped.push_back(queue(channel, channel, shipped_first_response(channel)));
    EXPECT_TRUE(speed_inversions(shipped).empty());
}

TEST(ChannelSpeed, a_setup_that_violates_the_rule_gets_a_warning_naming_both_queues) {
    const std::vector queues = {queue("posts", "social", 24h), queue("letters", "email", 4h),
                                queue("calls", "phone", 5min)};
    const auto inversions = speed_inversions(queues);
    ASSERT_EQ(inversions.size(), 1U);
    EXPECT_EQ(inversions[0].faster, "posts");
    EXPECT_EQ(inversions[0].slower, "letters");
    EXPECT_NE(inversions[0].what.find("`letters`"), std::string::npos);
    EXPECT_NE(inversions[0].what.find("`posts`"), std::string::npos);
}

TEST(ChannelSpeed, equal_promises_of_different_classes_are_inverted_and_queues_of_different_brands_are_not_compared) {
    EXPECT_EQ(speed_inversions(std::vector{queue("a", "chat", 1h), queue("b", "social", 1h)}).size(), 1U);
    EXPECT_TRUE(speed_inversions(std::vector{queue("a", "chat", 1h, "x"), queue("b", "social", 1h, "y")}).empty());
    EXPECT_EQ(speed_inversions(std::vector{queue("a", "chat", 1h, "x"), queue("b", "social", 1h)}).size(), 1U);
    EXPECT_TRUE(speed_inversions(std::vector{queue("a", "chat", {}), queue("b", "social", 1h)}).empty());
    EXPECT_TRUE(speed_inversions(std::vector{queue("a", "chat", 1h), queue("b", "phone", 1h)}).empty());
}

TEST(ChannelSpeed, measured_means_keep_negative_mentions_apart_and_warn_where_they_are_inverted) {
    std::vector<AnsweredIn> answers;
    for (int i = 0; i < 20; ++i) {
        answers.push_back({ChannelClass::live, 10min});
        answers.push_back({ChannelClass::social, i % 2 == 0 ? Duration(4min) : Duration(8min)});
        answers.push_back({ChannelClass::social, 1h, true});
    }
    answers.push_back({ChannelClass::email, 1min});
    const auto speed = measure_speed(answers);
    const auto& social = speed.classes[static_cast<std::size_t>(ChannelClass::social)];
    EXPECT_EQ(social.usual.mean, 6min);
    EXPECT_EQ(social.usual.median, 6min);
    EXPECT_EQ(social.usual.p90, 8min);
    EXPECT_EQ(social.negative.mean, 1h);
    EXPECT_EQ(social.negative.count, 20);
    EXPECT_EQ(speed.all.count, 61);
    ASSERT_EQ(speed.warnings.size(), 1U) << "one e-mail says nothing about e-mails";
    EXPECT_NE(speed.warnings[0].find("not negative: social is answered in 6m"), std::string::npos) << speed.warnings[0];
    EXPECT_EQ(measure_speed(answers, 1).warnings.size(), 3U);
    EXPECT_TRUE(measure_speed({}).warnings.empty());
}

Verdict angry() {
    Verdict verdict{.priority = Priority::normal};
    verdict.influence.score = 60;
    verdict.sentiment = {.label = Polarity::negative, .score = -0.8};
    return verdict;
}

TEST(PrioritySum, every_addend_has_its_reason_and_the_sum_gives_the_level) {
    const auto sum =
        sum_priority(angry(), {.tier = "vip", .tier_points = 15, .loss = 4000, .incident = true, .rule_weight = -5});
    EXPECT_EQ(sum.parts, (std::vector<PriorityPart>{{"rule", "normal", 25},
                                                    {"influence", "60", 12},
                                                    {"sentiment", "", 8},
                                                    {"tier", "vip", 15},
                                                    {"loss", "4000", 30},
                                                    {"incident", "", 10},
                                                    {"weight", "", -5}}));
    EXPECT_EQ(
        in_words(reasons_of(sum), Texts("en")),
        (std::vector<std::string>{"rule priority normal: +25", "influence 60 of 100: +12", "negative sentiment: +8",
                                  "customer tier vip: +15", "expected loss 4000: +30", "part of an incident: +10",
                                  "weight of the rule: -5", "priority critical: 95 points, a step each 25"}));
    EXPECT_EQ(sum.sum, 95);
    EXPECT_EQ(sum.priority, Priority::critical);
}

TEST(PrioritySum, what_is_not_known_adds_nothing_and_hostile_numbers_are_bounded) {
    EXPECT_EQ(sum_priority(angry()).sum, 45);
    EXPECT_EQ(sum_priority(angry(), {.loss = -1e300}).sum, 45);
    EXPECT_EQ(sum_priority(angry(), {.loss = 1e300}).sum, 75);
    EXPECT_EQ(sum_priority(angry(), {.loss = 1000, .loss_scale = 0}).sum, 45);
    EXPECT_EQ(sum_priority(angry(), {.tier_points = 1'000'000, .rule_weight = -1'000'000}).sum, 45);
    auto low = angry();
    low.priority = Priority::low;
    EXPECT_EQ(sum_priority(low, {.rule_weight = -50}).priority, Priority::low);
}

TEST(PrioritySum, a_loss_is_felt_by_its_order_of_size) {
    const auto points = [](double loss) { return sum_priority(Verdict{}, {.loss = loss}).sum - 25; };
    EXPECT_EQ(points(1000), 10);
    EXPECT_EQ(points(2000), 20);
    EXPECT_EQ(points(4000), 30);
    EXPECT_EQ(points(500), 0);
}

}  // namespace
}  // namespace rasid

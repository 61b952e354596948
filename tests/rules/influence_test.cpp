#include "rules/influence.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace rasid {
namespace {

Mention by_author_with(std::optional<std::int64_t> followers, const std::string& platform = "x") {
    Mention mention;
    mention.key.platform = platform;
    mention.author.followers = followers;
    return mention;
}

int sum_of_parts(const Influence& influence) {
    return std::accumulate(influence.parts.begin(), influence.parts.end(), 0,
                           [](int sum, const InfluencePart& part) { return sum + part.points; });
}

TEST(FollowerPercentile, grows_with_followers_and_stays_within_its_bounds) {
    for (const auto* platform : {"x", "mastodon", "bluesky", "somewhere"}) {
        double last = 0;
        for (std::int64_t followers = 0; followers < 2'000'000'000; followers = followers * 2 + 1) {
            const auto percentile = follower_percentile(platform, followers);
            EXPECT_GE(percentile, last) << platform << " " << followers;
            EXPECT_LE(percentile, 100);
            last = percentile;
        }
    }
    EXPECT_EQ(follower_percentile("x", 0), 0);
    EXPECT_EQ(follower_percentile("x", -5), 0);
    EXPECT_DOUBLE_EQ(follower_percentile("x", 60), 50);
    EXPECT_DOUBLE_EQ(follower_percentile("x", 1200), 90);
}

TEST(FollowerPercentile, is_of_the_platform) {
    EXPECT_GT(follower_percentile("mastodon", 5000), follower_percentile("instagram", 5000));
    EXPECT_EQ(follower_percentile("somewhere", 5000), follower_percentile("elsewhere", 5000));
}

TEST(Influence, is_the_sum_of_its_parts) {
    auto mention = by_author_with(25'000);
    mention.author.verified = true;
    mention.reshares = 120;
    mention.likes = 900;
    Context context;
    context.history = {12, 3};
    const auto influence = measure_influence(mention, context);
    EXPECT_EQ(influence.score, sum_of_parts(influence));
    EXPECT_EQ(influence.reasons.size(), influence.parts.size());
    std::vector<std::string> names;
    for (const auto& part : influence.parts) names.push_back(part.name);
    EXPECT_EQ(names, (std::vector<std::string>{"reach", "verified", "engagement", "history"}));
    const auto said = in_words(influence.reasons, Texts("en"));
    EXPECT_TRUE(said[0].ends_with("% of accounts there")) << said[0];
    EXPECT_TRUE(said[2].ends_with(": 0 replies, 120 reshares, 900 likes")) << said[2];
    EXPECT_TRUE(said[3].ends_with(": 12 earlier mentions, 3 tickets")) << said[3];
}

TEST(Influence, grows_with_each_of_its_parts_and_never_passes_100) {
    const auto nobody = measure_influence(by_author_with(0), {});
    EXPECT_EQ(nobody.score, 0);
    auto mention = by_author_with(10'000);
    const auto known = measure_influence(mention, {});
    EXPECT_GT(known.score, measure_influence(by_author_with(100), {}).score);
    mention.author.verified = true;
    const auto verified = measure_influence(mention, {});
    EXPECT_EQ(verified.score, known.score + 10);
    mention.reshares = 500;
    const auto heard = measure_influence(mention, {});
    EXPECT_GT(heard.score, verified.score);
    Context context;
    context.history = {1, 0};
    const auto once = measure_influence(mention, context);
    EXPECT_GT(once.score, heard.score);
    context.history = {100, 40};
    EXPECT_GT(measure_influence(mention, context).score, once.score);
    mention.author.followers = 1'000'000'000'000;
    mention.likes = 1'000'000'000'000;
    EXPECT_EQ(measure_influence(mention, context).score, 100);
}

TEST(Influence, of_an_author_whose_followers_are_not_told_is_small_but_not_nothing) {
    const auto unknown = measure_influence(by_author_with(std::nullopt), {});
    EXPECT_GT(unknown.score, 0);
    EXPECT_LT(unknown.score, measure_influence(by_author_with(2'000), {}).score);
    EXPECT_EQ(in_words(unknown.reasons.at(0), Texts("en")), "influence +10: followers unknown");
}

TEST(Influence, is_not_lessened_by_counts_below_zero) {
    auto mention = by_author_with(-5);
    mention.likes = -5;
    mention.replies = -1000;
    Context context;
    context.history = {-3, -1};
    EXPECT_EQ(measure_influence(mention, context).score, 0);
}

}  // namespace
}  // namespace rasid

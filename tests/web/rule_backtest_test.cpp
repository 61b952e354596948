#include "web/rule_backtest.hpp"

#include "tests/support/test_day.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

Rule coffee() { return {.name = "coffee", .query = "coffee", .queue = "care"}; }

TriedMention said(Duration before_noon, const std::string& handle, const std::string& conversation = "",
                  double weight = 1) {
    TriedMention tried;
    tried.stored.mention.key = {"x", handle + std::to_string(before_noon.count())};
    tried.stored.mention.text = "coffee";
    tried.stored.mention.author.handle = handle;
    tried.stored.mention.conversation = conversation;
    tried.stored.stored_at = kNoon - before_noon;
    tried.weight = weight;
    return tried;
}

/// A backtest over one span of thirty days that holds these, given newest first.
RuleBacktest backtest_of(std::vector<TriedMention> mentions, Authors muted = {}, Rule rule = coffee()) {
    RuleBacktest backtest(std::move(rule), std::move(muted));
    HeardDay heard;
    heard.mentions = std::move(mentions);
    backtest.add({.from = kNoon - 30 * 24h, .to = kNoon}, heard);
    return backtest;
}

TEST(RuleBacktest, opens_one_ticket_for_an_author_and_a_day_and_for_a_conversation_and_two_weeks) {
    EXPECT_EQ(backtest_of({said(1h, "hind"), said(2h, "hind")}).opened().size(), 1U);
    EXPECT_EQ(backtest_of({said(1h, "hind"), said(30h, "hind")}).opened().size(), 2U);
    EXPECT_EQ(backtest_of({said(1h, "hind", "talk"), said(10 * 24h, "omar", "talk")}).opened().size(), 1U);
    EXPECT_EQ(backtest_of({said(1h, "hind", "talk"), said(20 * 24h, "omar", "talk")}).opened().size(), 2U);
    EXPECT_EQ(backtest_of({said(1h, "hind"), said(1h, "omar")}).opened().size(), 2U);
}

TEST(RuleBacktest, opens_nothing_for_what_has_a_ticket_is_ignored_or_comes_from_somebody_muted) {
    auto in_ticket = said(1h, "hind");
    in_ticket.stored.ticket = "t1";
    auto ignored = said(1h, "omar");
    ignored.stored.verdict.ignore = true;
    EXPECT_TRUE(backtest_of({in_ticket, ignored}).opened().empty());
    EXPECT_TRUE(backtest_of({said(1h, "Troll")}, {{"x", "troll"}}).opened().empty());
    auto ignoring = coffee();
    ignoring.ignore = true;
    EXPECT_TRUE(backtest_of({said(1h, "hind")}, {}, ignoring).opened().empty());
}

TEST(RuleBacktest, a_hit_that_stands_for_several_of_its_hour_opens_as_many) {
    auto backtest = backtest_of({said(1h, "a", "", 1.5), said(2h, "b", "", 1.5)});
    EXPECT_EQ(backtest.opened().size(), 3U);
    EXPECT_DOUBLE_EQ(backtest.days().front().added, 3);
    EXPECT_DOUBLE_EQ(backtest.days().front().estimate, 3);
    EXPECT_EQ(backtest.days().front().hits, 2);
}

TEST(RuleBacktest, counts_what_the_stored_rule_of_that_name_hit) {
    auto hit_before = said(1h, "hind");
    hit_before.stored.verdict.rules = {"coffee"};
    hit_before.stored.mention.text = "tea";
    const auto backtest = backtest_of({hit_before});
    EXPECT_EQ(backtest.days().front().before, 1);
    EXPECT_EQ(backtest.days().front().hits, 0);
}

TEST(RuleBacktest, is_tried_on_whole_days_of_the_workspace_up_to_now) {
    const auto days = last_days("Asia/Riyadh", 2, kNoon);
    ASSERT_EQ(days.size(), 2U);
    EXPECT_EQ(to_string(days[0].date), "2026-03-01");
    EXPECT_EQ(to_rfc3339(days[0].from), "2026-02-28T21:00:00.000Z");
    EXPECT_GT(days[0].to, kNoon);
    EXPECT_LT(days[0].to, kNoon + 1s);
    EXPECT_EQ(days[1].to, days[0].from);
    EXPECT_EQ(last_days("nowhere", 1, kNoon).front().from, kNoon - 12h) << "as in UTC";
}

TEST(QueueForecast, tells_the_breaches_with_and_without_the_rule_or_why_not) {
    rasid::Setup setup;
    setup.queues = {{.name = "care", .targets = {.first_response = 30min}}, {.name = "loose"}};
    const auto policies = policies_of(setup);
    std::vector<QueueArrival> present;
    for (int i = 0; i < 12; ++i) {
        const auto came = kNoon - std::chrono::hours(20 - i);
        present.push_back({came, 30min, came + 20min});
    }
    const std::vector<Instant> opened = {present.back().at, present.back().at, present.back().at};
    const auto found = forecast(policies, coffee(), present, opened, kNoon);
    ASSERT_TRUE(found.speed);
    EXPECT_EQ(found.speed->each, 20min);
    EXPECT_EQ(found.real, 0);
    EXPECT_EQ(found.present_model, 0);
    EXPECT_EQ(found.with_rule, 3);
    EXPECT_FALSE(forecast(policies, coffee(), {}, opened, kNoon).speed);
    auto loose = coffee();
    loose.queue = "loose";
    EXPECT_FALSE(forecast(policies, loose, present, opened, kNoon).target);
}

}  // namespace
}  // namespace rasid

#include "daemon/poll_schedule.hpp"

#include "daemon/system_clock.hpp"
#include "tests/support/test_day.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

class PollScheduleTest : public testing::Test {
protected:
    Duration wait_of(const SourceRecord& record) { return *record.next_poll_at - kMorning; }

    SystemRandom random;  // what is claimed holds for every draw
    PollRhythm rhythm{1min, 48h, false};
};

TEST_F(PollScheduleTest, a_good_poll_heals_and_waits_about_the_interval) {
    SourceRecord record;
    record.failures = 3;
    record.state = "failing";
    record.last_error = "x";
    for (int i = 0; i < 200; ++i) {
        const auto after = after_success(record, rhythm, {}, 2, random, kMorning);
        EXPECT_EQ(after.state, "healthy");
        EXPECT_EQ(after.failures, 0);
        EXPECT_EQ(after.mentions, 2);
        EXPECT_GE(wait_of(after), 57s);
        EXPECT_LE(wait_of(after), 63s);
    }
}

TEST_F(PollScheduleTest, more_to_read_means_at_once_unless_the_platform_asks_for_time) {
    Page page;
    page.more = true;
    EXPECT_EQ(wait_of(after_success({}, rhythm, page, 1, random, kMorning)), 0s);
    page.not_before = 10min;
    EXPECT_EQ(wait_of(after_success({}, rhythm, page, 1, random, kMorning)), 10min);
    page.not_before = std::chrono::hours(9000);
    EXPECT_EQ(wait_of(after_success({}, rhythm, page, 1, random, kMorning)), 24h);
}

TEST_F(PollScheduleTest, a_poll_says_how_late_the_newest_came_and_what_it_warned_of) {
    Page page;
    page.mentions.resize(2);
    page.mentions[0].created_at = kMorning - 1h;
    page.mentions[1].created_at = kMorning - 90s;
    page.warnings = {"one entry was skipped", "a possible gap"};
    auto record = after_success({}, rhythm, page, 2, random, kMorning);
    EXPECT_EQ(record.lag, Duration(90s));
    EXPECT_EQ(record.last_warning, "a possible gap");
    EXPECT_EQ(record.last_warning_at, kMorning);
    record = after_success(record, rhythm, {}, 0, random, kMorning + 1min);
    EXPECT_EQ(record.lag, Duration(90s)) << "nothing new says nothing";
    EXPECT_EQ(record.last_warning_at, kMorning);
    page.mentions[1].created_at = kMorning + 1h;
    EXPECT_EQ(after_success({}, rhythm, page, 2, random, kMorning).lag, Duration(0)) << "a platform ahead of us";
}

TEST_F(PollScheduleTest, failures_back_off_with_full_jitter_up_to_fifteen_minutes) {
    SourceRecord record;
    Duration longest(0);
    for (int i = 0; i < 300; ++i) {
        record = after_failure(record, rhythm, {Failure::Kind::unreachable, "no", {}}, random, kMorning);
        EXPECT_GE(wait_of(record), 1s);
        EXPECT_LE(wait_of(record), 15min);
        longest = std::max(longest, wait_of(record));
    }
    EXPECT_GT(longest, 10min);
    EXPECT_EQ(record.failures, 300);
    EXPECT_EQ(record.state, "failing");
}

TEST_F(PollScheduleTest, retry_after_is_a_floor_and_a_year_is_a_day) {
    const auto limited = [&](std::optional<std::chrono::seconds> retry) {
        return wait_of(after_failure({}, rhythm, {Failure::Kind::rate_limited, "429", retry}, random, kMorning));
    };
    EXPECT_GE(limited(300s), 300s);
    EXPECT_EQ(limited(31536000s), 24h);
    EXPECT_GE(limited({}), 60s) << "without a hint, at least a minute";
}

TEST_F(PollScheduleTest, a_spent_token_is_tried_rarely_and_never_given_up) {
    SourceRecord record;
    for (int i = 0; i < 50; ++i)
        record = after_failure(record, rhythm, {Failure::Kind::unauthorized, "401", {}}, random, kMorning);
    EXPECT_EQ(record.state, "needs_authorisation");
    EXPECT_GE(wait_of(record), 5h);
    EXPECT_LE(wait_of(record), 6h);
}

TEST_F(PollScheduleTest, a_source_that_brings_nothing_for_too_long_is_silent) {
    SourceRecord record;
    record = after_success(record, rhythm, {}, 0, random, kMorning);
    EXPECT_FALSE(record.silent);
    record = after_success(record, rhythm, {}, 0, random, kMorning + 47h);
    EXPECT_FALSE(record.silent);
    record = after_success(record, rhythm, {}, 0, random, kMorning + 49h);
    EXPECT_TRUE(record.silent);
    record = after_success(record, rhythm, {}, 1, random, kMorning + 50h);
    EXPECT_FALSE(record.silent);
}

}  // namespace
}  // namespace rasid

#include "escalation/breach_forecast.hpp"
#include "tests/escalation/office.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

const Instant kSunday = *parse_rfc3339("2026-03-01T00:00:00Z");

/// Sunday to Thursday, 09:00 to 17:00 UTC.
Calendar office_in_utc() {
    auto calendar = office();
    calendar.time_zone = "UTC";
    return calendar;
}

QueueArrival arrival(Duration after_sunday, Duration target = 1h) { return {kSunday + after_sunday, target, {}}; }
QueueArrival answered(Duration came, Duration when, Duration target = 1h) {
    return {kSunday + came, target, kSunday + when};
}

struct Replay {
    const char* name;
    bool in_office_hours;
    std::vector<QueueArrival> arrivals;
    Duration each;
    int breaches;
};

class Replays : public testing::TestWithParam<Replay> {};

TEST_P(Replays, count_what_is_answered_after_it_is_due) {
    const auto& [name, in_office_hours, arrivals, each, breaches] = GetParam();
    const auto calendar = office_in_utc();
    EXPECT_EQ(expected_breaches(in_office_hours ? &calendar : nullptr, arrivals, each), breaches) << name;
}

INSTANTIATE_TEST_SUITE_P(
    BreachForecast, Replays,
    testing::Values(
        Replay{"nothing comes, nothing is late", false, {}, 10min, 0},
        Replay{"one ticket is answered in time", false, {arrival(0h)}, 1h, 0},
        Replay{"an answer that takes longer than the target is late", false, {arrival(0h)}, 61min, 1},
        Replay{
            "tickets far apart do not wait for each other", false, {arrival(0h), arrival(2h), arrival(4h)}, 50min, 0},
        Replay{"of a burst the ones behind are late",
               false,
               {arrival(0h), arrival(0h), arrival(0h), arrival(0h)},
               25min,
               2},
        Replay{"a burst that is worked off in time is not late",
               false,
               {arrival(0h), arrival(0h), arrival(0h), arrival(0h)},
               15min,
               0},
        Replay{"a queue that was idle does not answer in advance",
               false,
               {arrival(0h), arrival(10h), arrival(10h)},
               40min,
               1},
        Replay{"what is due first goes first", false, {arrival(0h, 1h), arrival(0h, 20min)}, 20min, 0},
        Replay{"what comes later and is due sooner overtakes",
               false,
               {arrival(0h, 1h), arrival(0h, 3h), arrival(5min, 50min)},
               20min,
               0},
        Replay{"the night counts neither for the target nor for the work", true, {arrival(16h + 30min)}, 45min, 0},
        Replay{"what comes at night waits in line for the morning",
               true,
               {arrival(20h), arrival(21h), arrival(22h)},
               25min,
               1},
        Replay{"round the clock the same night is worked", false, {arrival(20h), arrival(21h), arrival(22h)}, 25min, 0},
        Replay{
            "the weekend adds up", true, {arrival(5 * 24h + 1h), arrival(5 * 24h + 2h), arrival(6 * 24h)}, 30min, 1}),
    [](const testing::TestParamInfo<Replay>& each) { return std::to_string(each.index); });

TEST(BreachForecast, an_order_in_which_arrivals_are_given_changes_nothing) {
    const std::vector forward = {arrival(0h), arrival(10min), arrival(20min), arrival(30min)};
    const std::vector backward(forward.rbegin(), forward.rend());
    EXPECT_EQ(expected_breaches(nullptr, forward, 25min), expected_breaches(nullptr, backward, 25min));
}

TEST(BreachForecast, more_arrivals_never_make_fewer_breaches) {
    std::vector<QueueArrival> arrivals;
    int before = 0;
    for (int i = 0; i < 40; ++i) {
        arrivals.push_back(arrival((i * 37 % 100) * 1min));
        const auto now = expected_breaches(nullptr, arrivals, 5min);
        EXPECT_GE(now, before) << i;
        before = now;
    }
    EXPECT_GT(before, 0);
}

TEST(HandlingSpeed, is_the_time_between_answers_while_something_waits) {
    // Three wait from the beginning and are answered every 20 minutes.
    const auto speed = measure_handling(nullptr, {answered(0h, 20min), answered(0h, 60min), answered(0h, 40min)}, 3);
    ASSERT_TRUE(speed);
    EXPECT_EQ(speed->each, 20min);
    EXPECT_EQ(speed->answers, 3);
}

TEST(HandlingSpeed, counts_no_time_in_which_nothing_waited) {
    const auto speed = measure_handling(nullptr, {answered(0h, 10min), answered(5h, 5h + 30min)}, 2);
    ASSERT_TRUE(speed);
    EXPECT_EQ(speed->each, 20min);
}

TEST(HandlingSpeed, is_measured_in_working_time) {
    const auto calendar = office_in_utc();
    const auto speed = measure_handling(&calendar, {answered(16h, 24h + 9h)}, 1);
    ASSERT_TRUE(speed);
    EXPECT_EQ(speed->each, 1h);
}

TEST(HandlingSpeed, is_not_told_from_a_few_answers_or_from_answers_that_came_before_their_ticket) {
    EXPECT_FALSE(measure_handling(nullptr, {answered(0h, 20min)}));
    EXPECT_FALSE(measure_handling(nullptr, {answered(1h, 20min)}, 1));
    EXPECT_FALSE(measure_handling(nullptr, {arrival(1h)}, 1));
    EXPECT_FALSE(measure_handling(nullptr, {}, 0));
}

TEST(BreachForecast, what_was_late_in_truth_is_told_beside_it) {
    EXPECT_EQ(
        real_breaches(nullptr, {answered(0h, 30min), answered(0h, 2h), arrival(0h), arrival(3h)}, kSunday + 3h + 30min),
        2);
}

}  // namespace
}  // namespace rasid

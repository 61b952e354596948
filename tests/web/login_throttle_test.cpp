#include "web/login_throttle.hpp"

#include "tests/support/test_day.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

TEST(LoginThrottle, lets_five_mistakes_pass_and_then_doubles_the_wait_up_to_a_minute) {
    LoginThrottle throttle;
    auto now = kNoon;
    std::vector<std::int64_t> waits;
    for (int failure = 0; failure < 14; ++failure) {
        now += 10min;
        ASSERT_EQ(throttle.attempt("sara", "10.0.0.1", now), Duration(0));
        throttle.failed("sara", now);
        waits.push_back(
            std::chrono::duration_cast<std::chrono::seconds>(throttle.attempt("sara", "10.0.0.1", now)).count());
    }
    EXPECT_EQ(waits, (std::vector<std::int64_t>{0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60}));
}

TEST(LoginThrottle, never_locks_an_account_for_good) {
    LoginThrottle throttle;
    for (int failure = 0; failure < 1000; ++failure) throttle.failed("sara", kNoon);
    EXPECT_LE(throttle.attempt("sara", "10.0.0.1", kNoon), 60s);
    EXPECT_EQ(throttle.attempt("sara", "10.0.0.1", kNoon + 60s), Duration(0));
}

TEST(LoginThrottle, forgets_mistakes_after_success_and_keeps_accounts_apart) {
    LoginThrottle throttle;
    for (int failure = 0; failure < 8; ++failure) throttle.failed("sara", kNoon);
    EXPECT_EQ(throttle.attempt("omar", "10.0.0.1", kNoon), Duration(0));
    throttle.succeeded("sara");
    EXPECT_EQ(throttle.attempt("sara", "10.0.0.1", kNoon), Duration(0));
}

TEST(LoginThrottle, judges_twenty_attempts_a_minute_of_one_address) {
    LoginThrottle throttle;
    auto now = kNoon;
    for (int i = 0; i < 20; ++i, now += 1s)
        EXPECT_EQ(throttle.attempt("a" + std::to_string(i), "10.0.0.1", now), Duration(0));
    EXPECT_EQ(throttle.attempt("z", "10.0.0.1", now), 40s);
    EXPECT_EQ(throttle.attempt("z", "10.0.0.2", now), Duration(0));
    EXPECT_EQ(throttle.attempt("z", "10.0.0.1", kNoon + 60s), Duration(0));
}

TEST(LoginThrottle, judges_ten_attempts_a_second_in_all) {
    LoginThrottle throttle;
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(throttle.attempt("a" + std::to_string(i), std::to_string(i), kNoon), Duration(0));
    EXPECT_GT(throttle.attempt("b", "b", kNoon), Duration(0));
    EXPECT_EQ(throttle.attempt("b", "b", kNoon + 1s), Duration(0));
}

TEST(LoginThrottle, outlives_a_clock_that_jumps_back) {
    LoginThrottle throttle;
    for (int failure = 0; failure < 30; ++failure) {
        throttle.attempt("sara", "10.0.0.1", kNoon + std::chrono::milliseconds(failure * 200));
        throttle.failed("sara", kNoon);
    }
    EXPECT_LE(throttle.attempt("sara", "10.0.0.1", kNoon - 24h), 60s);
    EXPECT_EQ(throttle.attempt("omar", "10.0.0.1", kNoon - 24h), Duration(0));
}

TEST(LoginThrottle, holds_a_bounded_number_of_names) {
    LoginThrottle throttle;
    auto now = kNoon;
    for (std::size_t i = 0; i < LoginThrottle::kEntries + 100; ++i, now += 200ms) {
        throttle.attempt("a" + std::to_string(i), "10." + std::to_string(i), now);
        throttle.failed("a" + std::to_string(i), now);
    }
    EXPECT_EQ(throttle.attempt("fresh", "fresh", now), Duration(0));
}

}  // namespace
}  // namespace rasid

#include "daemon/delivery_schedule.hpp"

#include "tests/support/test_day.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

OutboxItem item_of(Priority priority) {
    OutboxItem item;
    item.priority = priority;
    item.created_at = kMidnight;
    return item;
}

TEST(DeliveryScheduleTest, waits_grow_with_attempts_and_then_with_age) {
    auto item = item_of(Priority::normal);
    auto now = kMidnight;
    for (const Duration expected : {Duration(5s), Duration(30s), Duration(2min), Duration(10min)}) {
        item = after_attempt(item, Delivery::try_later, "451", now);
        EXPECT_EQ(item.state, OutboxState::waiting);
        EXPECT_EQ(item.not_before - now, expected);
        now = item.not_before;
    }
    item = after_attempt(item, Delivery::try_later, "451", kMidnight + 1h);
    EXPECT_EQ(item.not_before - (kMidnight + 1h), Duration(900s));
    item = after_attempt(item, Delivery::try_later, "451", kMidnight + 48h);
    EXPECT_EQ(item.not_before - (kMidnight + 48h), Duration(4000s));
}

TEST(DeliveryScheduleTest, critical_mail_never_waits_longer_than_ten_minutes) {
    auto item = item_of(Priority::critical);
    for (auto now = kMidnight; now < kMidnight + 24h; now = item.not_before) {
        item = after_attempt(item, Delivery::try_later, "451", now);
        ASSERT_LE(item.not_before - now, Duration(10min));
    }
}

TEST(DeliveryScheduleTest, what_is_postponed_comes_again_as_what_failed) {
    const auto item = item_of(Priority::normal);
    EXPECT_EQ(after_attempt(item, Delivery::postponed, "451", kMidnight),
              after_attempt(item, Delivery::try_later, "451", kMidnight));
}

TEST(DeliveryScheduleTest, five_days_or_a_refusal_make_a_dead_letter) {
    EXPECT_EQ(after_attempt(item_of(Priority::normal), Delivery::try_later, "451", kMidnight + 121h).state,
              OutboxState::dead);
    const auto refused =
        after_attempt(item_of(Priority::normal), Delivery::refused, "550 no such user", kMidnight + 1s);
    EXPECT_EQ(refused.state, OutboxState::dead);
    EXPECT_EQ(refused.last_error, "550 no such user");
    EXPECT_EQ(refused.finished_at, kMidnight + 1s);
    EXPECT_EQ(after_attempt(item_of(Priority::normal), Delivery::done, "", kMidnight).state, OutboxState::sent);
}

}  // namespace
}  // namespace rasid

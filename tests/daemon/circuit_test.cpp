#include "daemon/circuit.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

const Instant kNow = Instant(std::chrono::sys_days(std::chrono::year(2026) / 3 / 1));

Circuit failed(Circuit circuit, int times, Instant now = kNow) {
    for (int i = 0; i < times; ++i) circuit = after_delivery(circuit, Delivery::try_later, now);
    return circuit;
}

TEST(Circuit, closes_after_three_failures_in_a_row) {
    EXPECT_EQ(passage(failed({}, 2), kNow), Passage::free);
    const auto circuit = failed({}, 3);
    EXPECT_EQ(passage(circuit, kNow + 29s), Passage::closed);
    EXPECT_EQ(passage(circuit, kNow + 30s), Passage::probe);
}

TEST(Circuit, a_success_between_begins_the_count_anew) {
    EXPECT_EQ(passage(failed(after_delivery(failed({}, 2), Delivery::done, kNow), 2), kNow), Passage::free);
}

TEST(Circuit, a_refusal_is_an_answer_of_the_destination) {
    EXPECT_EQ(after_delivery(failed({}, 5), Delivery::refused, kNow), Circuit());
}

TEST(Circuit, stays_closed_for_longer_each_time_a_probe_fails_up_to_five_minutes) {
    auto circuit = failed({}, 3);
    for (const auto pause : {60s, 120s, 300s, 300s}) {
        const auto until = circuit.open_until.value();
        EXPECT_EQ(passage(circuit, until - 1s), Passage::closed);
        EXPECT_EQ(passage(circuit, until), Passage::probe);
        circuit = failed(circuit, 1, until);
        EXPECT_EQ(*circuit.open_until - until, pause);
    }
    EXPECT_EQ(after_delivery(circuit, Delivery::done, kNow), Circuit());
}

TEST(Circuits, let_one_probe_through_and_others_once_it_has_arrived) {
    Circuits circuits;
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(circuits.enter("mail example.org", kNow));
        circuits.leave("mail example.org", Delivery::try_later, kNow);
    }
    EXPECT_FALSE(circuits.enter("mail example.org", kNow + 10s));
    EXPECT_EQ(circuits.closed_until("mail example.org", kNow + 10s), kNow + 30s);
    EXPECT_TRUE(circuits.enter("mail example.net", kNow + 10s)) << "others are none of its business";
    EXPECT_TRUE(circuits.enter("mail example.org", kNow + 30s));
    EXPECT_FALSE(circuits.enter("mail example.org", kNow + 30s));
    circuits.leave("mail example.org", Delivery::done, kNow + 31s);
    EXPECT_TRUE(circuits.enter("mail example.org", kNow + 31s));
    EXPECT_TRUE(circuits.enter("mail example.org", kNow + 31s));
}

TEST(Circuits, a_probe_that_was_not_tried_lets_the_next_one_go) {
    Circuits circuits;
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(circuits.enter("webhook ops", kNow));
        circuits.leave("webhook ops", Delivery::try_later, kNow);
    }
    ASSERT_TRUE(circuits.enter("webhook ops", kNow + 1min));
    circuits.leave_untried("webhook ops");
    EXPECT_TRUE(circuits.enter("webhook ops", kNow + 1min));
}

TEST(Circuits, one_destination_takes_only_some_of_the_places) {
    Circuits circuits;
    int entered = 0;
    while (circuits.enter("mail slow.example", kNow)) ASSERT_LT(++entered, 8);
    EXPECT_EQ(entered, 4);
    EXPECT_FALSE(circuits.closed_until("mail slow.example", kNow)) << "it waits for its own, it does not fail";
}

TEST(Circuits, of_mails_are_those_of_the_recipients_domain) {
    OutboxItem item;
    item.kind = "escalation";
    item.to = "Sara@Example.ORG";
    EXPECT_EQ(destination_of(item), "mail example.org");
    item.kind = "reply";
    item.to = "fedi";
    EXPECT_EQ(destination_of(item), "source fedi");
}

}  // namespace
}  // namespace rasid

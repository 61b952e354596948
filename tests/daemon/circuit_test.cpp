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

TEST(Circuit, a_refusal_or_a_postponement_of_one_is_an_answer_of_the_destination) {
    EXPECT_EQ(after_delivery(failed({}, 5), Delivery::refused, kNow), Circuit());
    EXPECT_EQ(after_delivery(failed({}, 5), Delivery::postponed, kNow), Circuit());
    Circuit circuit;
    for (int i = 0; i < 10; ++i) circuit = after_delivery(circuit, Delivery::postponed, kNow);
    EXPECT_EQ(passage(circuit, kNow), Passage::free) << "one mailbox does not delay its neighbours";
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
        ASSERT_TRUE(circuits.enter("webhook desk", Priority::normal, kNow));
        circuits.leave("webhook desk", Delivery::try_later, kNow);
    }
    EXPECT_FALSE(circuits.enter("webhook desk", Priority::normal, kNow + 10s));
    EXPECT_EQ(circuits.closed_until("webhook desk", kNow + 10s), kNow + 30s);
    EXPECT_TRUE(circuits.enter("webhook ops", Priority::normal, kNow + 10s)) << "others are none of its business";
    EXPECT_TRUE(circuits.enter("webhook desk", Priority::normal, kNow + 30s));
    EXPECT_FALSE(circuits.enter("webhook desk", Priority::normal, kNow + 30s));
    circuits.leave("webhook desk", Delivery::done, kNow + 31s);
    EXPECT_TRUE(circuits.enter("webhook desk", Priority::normal, kNow + 31s));
    EXPECT_TRUE(circuits.enter("webhook desk", Priority::normal, kNow + 31s));
}

TEST(Circuits, a_probe_that_was_not_tried_lets_the_next_one_go) {
    Circuits circuits;
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(circuits.enter("webhook ops", Priority::normal, kNow));
        circuits.leave("webhook ops", Delivery::try_later, kNow);
    }
    ASSERT_TRUE(circuits.enter("webhook ops", Priority::normal, kNow + 1min));
    circuits.leave_untried("webhook ops");
    EXPECT_TRUE(circuits.enter("webhook ops", Priority::normal, kNow + 1min));
}

TEST(Circuits, one_destination_takes_only_some_of_the_places) {
    Circuits circuits;
    int entered = 0;
    while (circuits.enter("mail", Priority::normal, kNow)) ASSERT_LT(++entered, 8);
    EXPECT_EQ(entered, 4);
    EXPECT_FALSE(circuits.closed_until("mail", kNow)) << "it waits for its own, it does not fail";
}

TEST(Circuits, have_a_place_for_a_critical_one_behind_a_backlog) {
    Circuits circuits;
    for (int i = 0; i < 4; ++i) ASSERT_TRUE(circuits.enter("mail", Priority::low, kNow));
    EXPECT_EQ(circuits.busy(Priority::normal, kNow), std::vector<std::string>{"mail"});
    EXPECT_TRUE(circuits.busy(Priority::critical, kNow).empty());
    EXPECT_FALSE(circuits.enter("mail", Priority::high, kNow));
    EXPECT_TRUE(circuits.enter("mail", Priority::critical, kNow));
    EXPECT_EQ(circuits.busy(Priority::critical, kNow), std::vector<std::string>{"mail"});
    EXPECT_FALSE(circuits.enter("mail", Priority::critical, kNow));
    circuits.leave("mail", Delivery::done, kNow);
    EXPECT_TRUE(circuits.busy(Priority::critical, kNow).empty());
}

TEST(Circuits, are_busy_while_a_probe_is_on_its_way_and_not_while_they_are_closed) {
    Circuits circuits;
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(circuits.enter("mail", Priority::normal, kNow));
        circuits.leave("mail", Delivery::try_later, kNow);
    }
    EXPECT_TRUE(circuits.busy(Priority::normal, kNow).empty()) << "what waits there is to be set aside";
    ASSERT_TRUE(circuits.enter("mail", Priority::normal, kNow + 30s));
    EXPECT_EQ(circuits.busy(Priority::critical, kNow + 30s), std::vector<std::string>{"mail"});
    circuits.leave("mail", Delivery::postponed, kNow + 31s);
    EXPECT_TRUE(circuits.busy(Priority::normal, kNow + 31s).empty()) << "the server is well, whatever it says of one";
}

TEST(Destination, of_every_mail_is_the_mail_server_whoever_gets_it) {
    OutboxItem item;
    for (const auto* kind : {"escalation", "update", "digest", "test", "invitation", "touch", "survey"}) {
        item.kind = kind;
        item.to = "Sara@Example.ORG";
        EXPECT_EQ(destination_of(item), "mail") << kind;
    }
    item.to = "fedi";
    item.kind = "reply";
    EXPECT_EQ(destination_of(item), "source fedi");
    item.kind = "webhook";
    EXPECT_EQ(destination_of(item), "webhook fedi");
}

}  // namespace
}  // namespace rasid

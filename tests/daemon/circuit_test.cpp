#include "daemon/circuit.hpp"

#include "tests/support/test_day.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

Circuit failed(Circuit circuit, int times, Instant now = kMidnight) {
    for (int i = 0; i < times; ++i) circuit = after_delivery(circuit, Delivery::try_later, now);
    return circuit;
}

TEST(Circuit, closes_after_three_failures_in_a_row) {
    EXPECT_EQ(passage(failed({}, 2), kMidnight), Passage::free);
    const auto circuit = failed({}, 3);
    EXPECT_EQ(passage(circuit, kMidnight + 29s), Passage::closed);
    EXPECT_EQ(passage(circuit, kMidnight + 30s), Passage::probe);
}

TEST(Circuit, a_success_between_begins_the_count_anew) {
    EXPECT_EQ(passage(failed(after_delivery(failed({}, 2), Delivery::done, kMidnight), 2), kMidnight), Passage::free);
}

TEST(Circuit, a_refusal_or_a_postponement_of_one_is_an_answer_of_the_destination) {
    EXPECT_EQ(after_delivery(failed({}, 5), Delivery::refused, kMidnight), Circuit());
    EXPECT_EQ(after_delivery(failed({}, 5), Delivery::postponed, kMidnight), Circuit());
    Circuit circuit;
    for (int i = 0; i < 10; ++i) circuit = after_delivery(circuit, Delivery::postponed, kMidnight);
    EXPECT_EQ(passage(circuit, kMidnight), Passage::free) << "one mailbox does not delay its neighbours";
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
    EXPECT_EQ(after_delivery(circuit, Delivery::done, kMidnight), Circuit());
}

TEST(Circuits, let_one_probe_through_and_others_once_it_has_arrived) {
    Circuits circuits;
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(circuits.enter("webhook desk", Priority::normal, kMidnight));
        circuits.leave("webhook desk", Delivery::try_later, kMidnight);
    }
    EXPECT_FALSE(circuits.enter("webhook desk", Priority::normal, kMidnight + 10s));
    EXPECT_EQ(circuits.closed_until("webhook desk", kMidnight + 10s), kMidnight + 30s);
    EXPECT_TRUE(circuits.enter("webhook ops", Priority::normal, kMidnight + 10s)) << "others are none of its business";
    EXPECT_TRUE(circuits.enter("webhook desk", Priority::normal, kMidnight + 30s));
    EXPECT_FALSE(circuits.enter("webhook desk", Priority::normal, kMidnight + 30s));
    circuits.leave("webhook desk", Delivery::done, kMidnight + 31s);
    EXPECT_TRUE(circuits.enter("webhook desk", Priority::normal, kMidnight + 31s));
    EXPECT_TRUE(circuits.enter("webhook desk", Priority::normal, kMidnight + 31s));
}

TEST(Circuits, a_probe_that_was_not_tried_lets_the_next_one_go) {
    Circuits circuits;
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(circuits.enter("webhook ops", Priority::normal, kMidnight));
        circuits.leave("webhook ops", Delivery::try_later, kMidnight);
    }
    ASSERT_TRUE(circuits.enter("webhook ops", Priority::normal, kMidnight + 1min));
    circuits.leave_untried("webhook ops");
    EXPECT_TRUE(circuits.enter("webhook ops", Priority::normal, kMidnight + 1min));
}

TEST(Circuits, one_destination_takes_only_some_of_the_places) {
    Circuits circuits;
    int entered = 0;
    while (circuits.enter("mail", Priority::normal, kMidnight)) ASSERT_LT(++entered, 8);
    EXPECT_EQ(entered, 4);
    EXPECT_FALSE(circuits.closed_until("mail", kMidnight)) << "it waits for its own, it does not fail";
}

TEST(Circuits, have_a_place_for_a_critical_one_behind_a_backlog) {
    Circuits circuits;
    for (int i = 0; i < 4; ++i) ASSERT_TRUE(circuits.enter("mail", Priority::low, kMidnight));
    EXPECT_EQ(circuits.busy(Priority::normal, kMidnight), std::vector<std::string>{"mail"});
    EXPECT_TRUE(circuits.busy(Priority::critical, kMidnight).empty());
    EXPECT_FALSE(circuits.enter("mail", Priority::high, kMidnight));
    EXPECT_TRUE(circuits.enter("mail", Priority::critical, kMidnight));
    EXPECT_EQ(circuits.busy(Priority::critical, kMidnight), std::vector<std::string>{"mail"});
    EXPECT_FALSE(circuits.enter("mail", Priority::critical, kMidnight));
    circuits.leave("mail", Delivery::done, kMidnight);
    EXPECT_TRUE(circuits.busy(Priority::critical, kMidnight).empty());
}

TEST(Circuits, are_busy_while_a_probe_is_on_its_way_and_not_while_they_are_closed) {
    Circuits circuits;
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(circuits.enter("mail", Priority::normal, kMidnight));
        circuits.leave("mail", Delivery::try_later, kMidnight);
    }
    EXPECT_TRUE(circuits.busy(Priority::normal, kMidnight).empty()) << "what waits there is to be set aside";
    ASSERT_TRUE(circuits.enter("mail", Priority::normal, kMidnight + 30s));
    EXPECT_EQ(circuits.busy(Priority::critical, kMidnight + 30s), std::vector<std::string>{"mail"});
    circuits.leave("mail", Delivery::postponed, kMidnight + 31s);
    EXPECT_TRUE(circuits.busy(Priority::normal, kMidnight + 31s).empty())
        << "the server is well, whatever it says of one";
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

#include "tests/storage/samples.hpp"
#include "tests/storage/store_contract.hpp"

namespace rasid {
namespace {

using samples::minute;
using Ids = std::vector<std::string>;

class OutboxContract : public StoreContract {
protected:
    static Ids ids(const std::vector<OutboxItem>& items) {
        Ids list;
        for (const auto& item : items) list.push_back(item.id);
        return list;
    }
};
RASID_OVER_ENGINES(OutboxContract);

TEST_P(OutboxContract, gives_back_every_field_of_an_item) {
    auto item = samples::mail("o1");
    item.priority = Priority::low;
    item.state = OutboxState::dead;
    item.attempts = 3;
    item.last_error = "550 خطأ";
    item.finished_at = minute(9);
    store->put_outbox(item);
    EXPECT_EQ(store->outbox_item("o1"), item);
    EXPECT_FALSE(store->outbox_item("o2"));
}

TEST_P(OutboxContract, queues_an_intent_once) {
    store->put_outbox(samples::mail("o1"));
    auto again = samples::mail("o2");
    again.key = samples::mail("o1").key;
    store->put_outbox(again);
    EXPECT_FALSE(store->outbox_item("o2"));
    EXPECT_EQ(store->outbox_item("o1"), samples::mail("o1"));
}

TEST_P(OutboxContract, gives_due_items_critical_first_then_old_and_new_in_turn) {
    for (int i = 0; i < 6; ++i) store->put_outbox(samples::mail("o" + std::to_string(i), i));
    auto critical = samples::mail("critical", 3);
    critical.priority = Priority::critical;
    store->put_outbox(critical);
    store->put_outbox(samples::mail("future", 60));
    EXPECT_EQ(ids(store->outbox_due(minute(10), 100)), (Ids{"critical", "o0", "o5", "o1", "o4", "o2", "o3"}));
    EXPECT_EQ(ids(store->outbox_due(minute(10), 4)), (Ids{"critical", "o0", "o5", "o1"}));
    EXPECT_EQ(ids(store->outbox_due(minute(10), 1)), (Ids{"critical"}));
    EXPECT_TRUE(store->outbox_due(minute(-1), 100).empty());
}

TEST_P(OutboxContract, gives_again_what_a_crash_left_sending) {
    auto item = samples::mail("o1", 50);
    item.state = OutboxState::sending;
    store->put_outbox(item);
    EXPECT_EQ(ids(store->outbox_due(minute(0), 10)), (Ids{"o1"}));
}

TEST_P(OutboxContract, gives_nothing_that_is_finished) {
    for (const auto state : {OutboxState::sent, OutboxState::dead, OutboxState::cancelled}) {
        auto item = samples::mail("o" + std::string(to_string(state)));
        item.state = state;
        store->put_outbox(item);
    }
    EXPECT_TRUE(store->outbox_due(minute(100), 10).empty());
    EXPECT_FALSE(store->next_outbox());
}

TEST_P(OutboxContract, knows_how_long_the_oldest_has_waited) {
    EXPECT_EQ(store->unsent(), UnsentItems());
    for (const int at : {7, 5, 9}) store->put_outbox(samples::mail("o" + std::to_string(at), at));
    auto sent = samples::mail("o1", 1);
    sent.state = OutboxState::sent;
    store->put_outbox(sent);
    EXPECT_EQ(store->unsent(), (UnsentItems{3, minute(5)}));
}

TEST_P(OutboxContract, knows_when_the_next_item_comes_due) {
    store->put_outbox(samples::mail("o1", 7));
    store->put_outbox(samples::mail("o2", 5));
    EXPECT_EQ(store->next_outbox(), minute(5));
}

TEST_P(OutboxContract, updates_the_fate_of_an_item_and_nothing_else) {
    const auto item = samples::mail("o1");
    store->put_outbox(item);
    auto changed = item;
    changed.to = "other@example.org";
    changed.payload = "{}";
    changed.state = OutboxState::sent;
    changed.attempts = 2;
    changed.not_before = minute(5);
    changed.last_error = "421";
    changed.finished_at = minute(6);
    store->update_outbox(changed);
    changed.to = item.to;
    changed.payload = item.payload;
    EXPECT_EQ(store->outbox_item("o1"), changed);
}

TEST_P(OutboxContract, pages_mails_newest_first_and_leaves_platform_actions_out) {
    for (int i = 0; i < 5; ++i)
        store->put_outbox(samples::mail("o" + std::to_string(i), i / 2));  // some at the same time
    auto reply = samples::mail("reply", 9);
    reply.kind = "reply";
    store->put_outbox(reply);
    EXPECT_EQ(ids(store->mails("", 2)), (Ids{"o4", "o3"}));
    EXPECT_EQ(ids(store->mails("o3", 2)), (Ids{"o2", "o1"}));
    EXPECT_EQ(ids(store->mails("o1", 2)), (Ids{"o0"}));
    EXPECT_TRUE(store->mails("o0", 2).empty());
    EXPECT_TRUE(store->mails("unknown", 2).empty());
}

TEST_P(OutboxContract, threads_mails_to_one_address_about_one_ticket) {
    store->put_outbox(samples::mail("o2", 2));
    store->put_outbox(samples::mail("o1", 1));
    auto cancelled = samples::mail("o3", 3);
    cancelled.state = OutboxState::cancelled;
    store->put_outbox(cancelled);
    auto other = samples::mail("o4", 4);
    other.to = "other@example.org";
    store->put_outbox(other);
    auto elsewhere = samples::mail("o5", 5);
    elsewhere.ticket = "t2";
    store->put_outbox(elsewhere);
    EXPECT_EQ(store->mail_thread("sara@example.org", "t1"), (Ids{"o1", "o2"}));
    EXPECT_TRUE(store->mail_thread("sara@example.org", "").empty());
}

TEST_P(OutboxContract, postpones_what_waits_for_the_same_destination) {
    auto call = samples::mail("o2");
    call.kind = "webhook";
    call.to = "desk";
    auto elsewhere = samples::mail("o3");
    elsewhere.to = "dana@example.net";
    auto later = samples::mail("o4", 50);
    auto reply = samples::mail("o5");
    reply.kind = "reply";
    auto sent = samples::mail("o6");
    sent.state = OutboxState::sent;
    for (const auto& item : {samples::mail("o1"), call, elsewhere, later, reply, sent}) store->put_outbox(item);
    store->postpone_outbox("mail", minute(20));
    const auto when = [&](const char* id) { return store->outbox_item(id)->not_before; };
    EXPECT_EQ(when("o1"), minute(20));
    EXPECT_EQ(when("o2"), call.not_before);
    EXPECT_EQ(when("o3"), minute(20)) << "the same server takes it";
    EXPECT_EQ(when("o4"), later.not_before) << "it waits for longer anyway";
    EXPECT_EQ(when("o5"), reply.not_before);
    EXPECT_EQ(when("o6"), sent.not_before);
    store->postpone_outbox(destination_of(reply), minute(30));
    EXPECT_EQ(when("o5"), minute(30));
    EXPECT_EQ(when("o1"), minute(20));
    store->postpone_outbox("webhook desk", minute(40));
    EXPECT_EQ(when("o2"), minute(40));
    EXPECT_EQ(when("o5"), minute(30));
}

TEST_P(OutboxContract, leaves_out_what_goes_to_busy_destinations) {
    auto call = samples::mail("call", 1);
    call.kind = "webhook";
    call.to = "desk";
    auto reply = samples::mail("reply", 2);
    reply.kind = "reply";
    reply.to = "fedi";
    auto critical = samples::mail("critical", 3);
    critical.priority = Priority::critical;
    for (const auto& item : {samples::mail("o1"), call, reply, critical}) store->put_outbox(item);
    EXPECT_EQ(ids(store->outbox_due(minute(10), 10, {.for_others = {"mail"}})), (Ids{"critical", "call", "reply"}));
    EXPECT_EQ(
        ids(store->outbox_due(minute(10), 10, {.for_critical = {"mail"}, .for_others = {"mail", "webhook desk"}})),
        (Ids{"reply"}));
    EXPECT_EQ(ids(store->outbox_due(minute(10), 10, {.for_others = {"source fedi"}})), (Ids{"critical", "o1", "call"}));
}

TEST_P(OutboxContract, knows_the_escalations_that_are_due_and_seldom_tried) {
    auto tried = samples::mail("tried");
    tried.attempts = 3;
    auto call = samples::mail("call");
    call.kind = "webhook";
    auto sent = samples::mail("sent");
    sent.state = OutboxState::sent;
    for (const auto& item : {samples::mail("o2", 2), samples::mail("o1", 1), samples::mail("o9", 9), tried, call, sent})
        store->put_outbox(item);
    EXPECT_EQ(ids(store->escalations_due(minute(5), 3, 10)), (Ids{"o1", "o2"}));
    EXPECT_EQ(ids(store->escalations_due(minute(5), 3, 1)), (Ids{"o1"}));
    EXPECT_EQ(ids(store->escalations_due(minute(5), 4, 10)), (Ids{"tried", "o1", "o2"}));
}

TEST_P(OutboxContract, lets_an_ack_token_work_once) {
    EXPECT_FALSE(store->ack_token_used("hash"));
    EXPECT_TRUE(store->use_ack_token("hash", "p1", minute(1)));
    EXPECT_TRUE(store->ack_token_used("hash"));
    EXPECT_FALSE(store->use_ack_token("hash", "p2", minute(2)));
    EXPECT_TRUE(store->use_ack_token("another", "p1", minute(1)));
}

}  // namespace
}  // namespace rasid

#include "tests/storage/samples.hpp"
#include "tests/storage/store_contract.hpp"

namespace rasid {
namespace {

using samples::minute;

class TicketsContract : public StoreContract {
protected:
    Ticket open(const TicketChange& change) { return store->apply(change, {}, {}); }
};
RASID_OVER_ENGINES(TicketsContract);

TEST_P(TicketsContract, gives_back_every_field_of_a_ticket_and_its_events) {
    auto change = samples::opening("t1");
    change.after.assignee = "p1";
    change.after.acknowledged_by = "p2";
    change.after.acknowledged_at = minute(2);
    change.after.pending_reply = "e9";
    change.after.version = 2;
    auto second = samples::event("t1", 2, TicketEventKind::notified);
    second.actor = "p1";
    second.mention = "m1";
    second.person = "p2";
    second.text = "نص";
    second.refers_to = "e1";
    second.target = Target::resolution;
    second.percent = 50;
    second.priority = Priority::low;
    change.events.push_back(second);

    auto expected = change.after;
    expected.number = 1001;
    EXPECT_EQ(open(change), expected);
    reopen();
    EXPECT_EQ(store->ticket("t1"), expected);
    EXPECT_EQ(store->ticket_by_number(1001), expected);
    EXPECT_EQ(store->events_of("t1"), change.events);
    EXPECT_FALSE(store->ticket("t2"));
    EXPECT_FALSE(store->ticket_by_number(1002));
}

TEST_P(TicketsContract, keeps_a_ticket_without_deadlines_without_them) {
    auto change = samples::opening("t1");
    change.after.due_at.reset();
    change.after.soon_at.reset();
    change.after.check_at.reset();
    const auto stored = open(change);
    EXPECT_EQ(store->ticket("t1"), stored);
    EXPECT_FALSE(store->ticket("t1")->due_at);
    EXPECT_FALSE(store->next_check());
}

TEST_P(TicketsContract, numbers_tickets_from_1001_and_never_gives_a_number_twice) {
    EXPECT_EQ(open(samples::opening("t1")).number, 1001);
    EXPECT_THROW(store->transact([&] {
        open(samples::opening("t2"));
        throw std::runtime_error("undone");
    }),
                 std::runtime_error);
    auto resolved = samples::opening("t3");
    resolved.after.state = TicketState::resolved;
    EXPECT_EQ(open(resolved).number, 1002);
    auto mention = samples::mention("1");
    mention.ticket = "t3";
    Intake intake;
    intake.mentions = {mention};
    store->take(intake);
    store->forget_before(minute(50), 10);
    ASSERT_FALSE(store->ticket("t3"));
    EXPECT_EQ(open(samples::opening("t4")).number, 1003);
}

TEST_P(TicketsContract, refuses_the_slower_of_two_writers_and_keeps_nothing_of_him) {
    const auto ticket = open(samples::opening("t1"));
    store->apply(samples::next(ticket, TicketEventKind::assigned), {}, {});
    auto late = samples::next(ticket, TicketEventKind::resolved);
    late.events[0].id = "late";
    EXPECT_THROW(store->apply(late, {}, {samples::mail("o1")}), StaleVersion);
    EXPECT_EQ(store->events_of("t1").size(), 2u);
    EXPECT_EQ(store->ticket("t1")->version, 2);
    EXPECT_FALSE(store->outbox_item("o1"));
}

TEST_P(TicketsContract, refuses_to_open_a_ticket_twice_and_to_change_one_that_is_not_there) {
    const auto ticket = open(samples::opening("t1"));
    EXPECT_THROW(open(samples::opening("t1")), StaleVersion);
    auto other = samples::next(ticket);
    other.after.id = "t2";
    EXPECT_THROW(open(other), StaleVersion);
    EXPECT_FALSE(store->ticket("t2"));
}

TEST_P(TicketsContract, applies_plans_and_mails_together_with_the_change) {
    store->put_customer(samples::customer("c1"));
    PlanChange plan{.customer = "c1"};
    plan.guard = Guard{"t1", minute(1), "open complaint"};
    store->apply(samples::opening("t1"), {plan}, {samples::mail("o1")});
    EXPECT_EQ(store->guard("c1"), *plan.guard);
    EXPECT_TRUE(store->outbox_item("o1"));
}

TEST_P(TicketsContract, finds_the_open_ticket_of_a_conversation_author_or_customer) {
    open(samples::opening("t1"));
    EXPECT_EQ(store->open_ticket_for("mastodon", "thread-t1", "", "")->id, "t1");
    EXPECT_EQ(store->open_ticket_for("mastodon", "", "@hind_z", "")->id, "t1");
    EXPECT_EQ(store->open_ticket_for("bluesky", "", "someone", "customer-t1")->id, "t1");
    EXPECT_FALSE(store->open_ticket_for("bluesky", "thread-t1", "hind_z", ""));
    EXPECT_FALSE(store->open_ticket_for("mastodon", "other", "other", "other"));
}

TEST_P(TicketsContract, matches_nothing_by_empty_words) {
    auto change = samples::opening("t1");
    change.after.platform.clear();
    change.after.conversation.clear();
    change.after.author.handle.clear();
    change.after.customer.clear();
    open(change);
    EXPECT_FALSE(store->open_ticket_for("", "", "", ""));
    EXPECT_FALSE(store->open_ticket_for("mastodon", "", "", ""));
}

TEST_P(TicketsContract, prefers_the_most_recently_opened_of_several_open_tickets) {
    auto old = samples::opening("t1");
    auto recent = samples::opening("t2");
    recent.after.opened_at = minute(9);
    recent.after.conversation = "elsewhere";
    auto resolved = samples::opening("t3");
    resolved.after.opened_at = minute(20);
    resolved.after.state = TicketState::resolved;
    open(recent);
    open(old);
    open(resolved);
    EXPECT_EQ(store->open_ticket_for("mastodon", "thread-t1", "hind_z", "")->id, "t2");
}

TEST_P(TicketsContract, finds_the_open_ticket_that_a_mention_belongs_to) {
    Intake intake;
    intake.mentions = {samples::mention("1"), samples::mention("2")};
    intake.mentions[0].ticket = "t1";
    intake.tickets = {samples::opening("t1")};
    const auto ticket = store->take(intake)[0];
    EXPECT_EQ(store->open_ticket_of_mention({"mastodon", "1"})->id, "t1");
    EXPECT_FALSE(store->open_ticket_of_mention({"mastodon", "2"}));
    EXPECT_FALSE(store->open_ticket_of_mention({"mastodon", "3"}));
    auto resolve = samples::next(ticket, TicketEventKind::resolved);
    resolve.after.state = TicketState::resolved;
    store->apply(resolve, {}, {});
    EXPECT_FALSE(store->open_ticket_of_mention({"mastodon", "1"}));
}

TEST_P(TicketsContract, names_the_open_tickets_that_must_be_looked_at) {
    open(samples::opening("late", 20));   // check at 13
    open(samples::opening("early", 10));  // check at 3
    open(samples::opening("future", 90));
    auto resolved = samples::opening("resolved", 1);
    resolved.after.state = TicketState::resolved;
    open(resolved);
    EXPECT_EQ(store->next_check(), minute(3));
    const auto due = store->tickets_to_check(minute(13), 10);
    ASSERT_EQ(due.size(), 2u);
    EXPECT_EQ(due[0].id, "early");
    EXPECT_EQ(due[1].id, "late");
    EXPECT_EQ(store->tickets_to_check(minute(13), 1).size(), 1u);
    EXPECT_TRUE(store->tickets_to_check(minute(2), 10).empty());
}

TEST_P(TicketsContract, remembers_the_first_answer_to_a_key_for_a_day) {
    store->remember_answer("p1", "k1", "first", minute(0));
    store->remember_answer("p1", "k1", "second", minute(1));
    EXPECT_EQ(store->answer_to("p1", "k1"), "first");
    EXPECT_FALSE(store->answer_to("p2", "k1"));
    store->remember_answer("p1", "k2", "other", minute(24 * 60 - 1));
    EXPECT_EQ(store->answer_to("p1", "k1"), "first");
    store->remember_answer("p1", "k3", "other", minute(24 * 60));
    EXPECT_FALSE(store->answer_to("p1", "k1"));
    EXPECT_EQ(store->answer_to("p1", "k2"), "other");
}

}  // namespace
}  // namespace rasid

#include "tests/storage/samples.hpp"
#include "tests/storage/store_contract.hpp"

namespace rasid {
namespace {

using samples::minute;

class IntakeContract : public StoreContract {
protected:
    Intake whole_page() {
        Intake intake;
        intake.source = "fedi";
        intake.cursor = "after-1";
        intake.mentions = {samples::mention("1")};
        intake.tickets = {samples::opening("t1")};
        PlanChange plan{.customer = "c1"};
        plan.ledger = {{.id = "l1", .customer = "c1", .at = minute(1), .text = "quote"}};
        intake.plans = {plan};
        intake.outbox = {samples::mail("o1")};
        return intake;
    }
    void expect_nothing_of_the_page() {
        EXPECT_EQ(store->mention_count(), 0);
        EXPECT_FALSE(store->mention_by_id("id-of-1"));
        EXPECT_FALSE(store->ticket("t1"));
        EXPECT_TRUE(store->ledger("c1", 10).empty());
        EXPECT_FALSE(store->outbox_item("o1"));
        EXPECT_FALSE(store->source("fedi"));
    }
};
RASID_OVER_ENGINES(IntakeContract);

TEST_P(IntakeContract, takes_everything_of_a_page_together) {
    store->put_customer(samples::customer("c1"));
    const auto tickets = store->take(whole_page());
    ASSERT_EQ(tickets.size(), 1u);
    EXPECT_EQ(tickets[0].number, 1001);
    reopen();
    EXPECT_TRUE(store->mention_by_id("id-of-1"));
    EXPECT_EQ(store->ticket("t1"), tickets[0]);
    EXPECT_EQ(store->events_of("t1"), whole_page().tickets[0].events);
    EXPECT_EQ(store->ledger("c1", 10), whole_page().plans[0].ledger);
    EXPECT_EQ(store->outbox_item("o1"), whole_page().outbox[0]);
    EXPECT_EQ(store->source("fedi")->cursor, "after-1");
}

TEST_P(IntakeContract, takes_nothing_of_a_page_when_one_part_is_refused) {
    store->put_customer(samples::customer("c1"));
    auto intake = whole_page();
    intake.tickets.push_back(samples::opening("t1"));  // a second opening of the same ticket
    EXPECT_THROW(store->take(intake), StaleVersion);
    expect_nothing_of_the_page();
}

TEST_P(IntakeContract, takes_nothing_when_the_transaction_around_it_fails) {
    store->put_customer(samples::customer("c1"));
    EXPECT_THROW(store->transact([&] {
        store->take(whole_page());
        throw std::runtime_error("later trouble");
    }),
                 std::runtime_error);
    expect_nothing_of_the_page();
}

TEST_P(IntakeContract, drops_outbox_items_whose_key_is_known) {
    store->take(whole_page());
    Intake again;
    auto item = samples::mail("o2");
    item.key = samples::mail("o1").key;
    again.outbox = {item, samples::mail("o3")};
    store->take(again);
    EXPECT_FALSE(store->outbox_item("o2"));
    EXPECT_TRUE(store->outbox_item("o3"));
}

TEST_P(IntakeContract, lets_two_mentions_of_one_page_change_the_same_ticket) {
    Intake intake;
    intake.tickets = {samples::opening("t1")};
    intake.tickets.push_back(
        samples::next(intake.tickets[0].after, TicketEventKind::joined));  // does not know the number
    const auto tickets = store->take(intake);
    ASSERT_EQ(tickets.size(), 2u);
    EXPECT_EQ(tickets[1].number, 1001);
    EXPECT_EQ(tickets[1].version, 2);
    EXPECT_EQ(store->ticket("t1"), tickets[1]);
    EXPECT_EQ(store->events_of("t1").size(), 2u);
}

TEST_P(IntakeContract, drops_the_plan_of_a_customer_who_was_removed_meanwhile) {
    store->take(whole_page());  // c1 does not exist
    EXPECT_TRUE(store->ledger("c1", 10).empty());
    EXPECT_TRUE(store->mention_by_id("id-of-1"));
}

TEST_P(IntakeContract, leaves_the_cursor_alone_without_a_source) {
    store->put_cursor("fedi", "here");
    store->take(Intake{});
    EXPECT_EQ(store->source("fedi")->cursor, "here");
}

TEST_P(IntakeContract, keeps_cursor_and_record_of_a_source_apart) {
    SourceRecord record;
    record.name = "fedi";
    record.kind = "mastodon";
    record.cursor = "ignored";
    record.since = minute(1);
    record.last_success_at = minute(2);
    record.last_mention_at = minute(3);
    record.next_poll_at = minute(4);
    record.failures = 5;
    record.state = "failing";
    record.last_error = "503";
    record.mentions = 6;
    record.silent = true;
    store->put_cursor("fedi", "token");
    store->put_source(record);
    auto expected = record;
    expected.cursor = "token";
    EXPECT_EQ(store->source("fedi"), expected);

    record.last_success_at.reset();
    record.silent = false;
    store->put_source(record);
    store->put_cursor("fedi", "next");
    EXPECT_EQ(store->source("fedi")->cursor, "next");
    EXPECT_FALSE(store->source("fedi")->last_success_at);
    EXPECT_FALSE(store->source("fedi")->silent);

    store->put_source({.name = "app"});
    ASSERT_EQ(store->sources().size(), 2u);
    EXPECT_EQ(store->sources()[0].name, "app");
    EXPECT_EQ(store->sources()[0].state, "waiting");
    EXPECT_FALSE(store->source("nobody"));
}

TEST_P(IntakeContract, undoes_an_inner_transaction_alone) {
    store->transact([&] {
        store->put_cursor("a", "1");
        EXPECT_THROW(store->transact([&] {
            store->put_cursor("a", "2");
            store->put_cursor("b", "2");
            throw std::runtime_error("inner");
        }),
                     std::runtime_error);
        EXPECT_EQ(store->source("a")->cursor, "1");
        store->put_cursor("c", "3");
    });
    EXPECT_EQ(store->source("a")->cursor, "1");
    EXPECT_FALSE(store->source("b"));
    EXPECT_EQ(store->source("c")->cursor, "3");
}

TEST_P(IntakeContract, shows_other_readers_only_what_is_committed) {
    const auto reader = another_reader();
    store->transact([&] {
        store->put_cursor("a", "1");
        EXPECT_TRUE(store->source("a"));
        EXPECT_FALSE(reader->source("a"));
    });
    EXPECT_TRUE(reader->source("a"));
}

TEST_P(IntakeContract, copies_everything_into_a_backup_that_opens_as_a_store) {
    store->take(whole_page());
    store->transact([&] { store->backup(folder.file("copy.db")); });
    store->put_cursor("later", "1");
    const auto copy = open_store({.url = "sqlite:" + folder.file("copy.db")});
    EXPECT_TRUE(copy->ticket("t1"));
    EXPECT_EQ(copy->source("fedi")->cursor, "after-1");
    EXPECT_FALSE(copy->source("later"));
}

TEST_P(IntakeContract, never_overwrites_a_file_with_a_backup) {
    store->backup(folder.file("copy.db"));
    EXPECT_THROW(store->backup(folder.file("copy.db")), StoreError);
}

}  // namespace
}  // namespace rasid

#include "tests/storage/samples.hpp"
#include "tests/storage/store_contract.hpp"

#include <set>

namespace rasid {
namespace {

using samples::minute;

class NotificationsContract : public StoreContract {
protected:
    void SetUp() override {
        StoreContract::SetUp();
        rasid::Setup setup;
        setup.people = {{.name = "Sara", .email = "sara@example.org"}, {.name = "Dana", .email = "dana@example.org"}};
        store->put_setup(setup);
        sara = find_named(store->setup().people, "Sara")->id;
        dana = find_named(store->setup().people, "Dana")->id;
    }

    static PersonInbox inbox_with(const std::string& key) {
        PersonInbox inbox;
        inbox.groups.push_back(
            {.group = "t1", .waiting = {{.key = key, .group = "t1", .ticket = "t1", .at = minute(1)}}});
        inbox.sent = {minute(2)};
        return inbox;
    }

    /// A ticket and what happens to it.
    void happen(const std::vector<TicketEvent>& events, bool notified_before) {
        TicketChange change = samples::opening("t1");
        if (!notified_before) change.after.notified.clear();
        store->apply(change, {}, {});
        TicketChange next{.after = change.after, .expected_version = change.after.version};
        for (auto event : events) {
            event.ticket = "t1";
            event.sequence = ++next.after.version;
            event.id = "e" + std::to_string(event.sequence);
            event.at = minute(static_cast<int>(event.sequence));
            next.events.push_back(event);
        }
        store->apply(next, {}, {});
    }

    std::string sara, dana;
};
RASID_OVER_ENGINES(NotificationsContract);

TEST_P(NotificationsContract, keeps_events_that_somebody_is_to_be_told_of_until_they_are_taken) {
    happen({{.kind = TicketEventKind::notified, .person = sara},
            {.kind = TicketEventKind::noted},
            {.kind = TicketEventKind::notified, .text = "nobody to tell"},
            {.kind = TicketEventKind::resolved}},
           true);
    const auto news = store->ticket_news(10);
    ASSERT_EQ(news.size(), 2U);
    EXPECT_EQ(news[0], (TicketNews{"e2", "t1"}));
    EXPECT_EQ(news[1], (TicketNews{"e5", "t1"}));
    EXPECT_EQ(store->ticket_news(1).size(), 1U);
    reopen();
    EXPECT_EQ(store->ticket_news(10), news);
    EXPECT_TRUE(store->anything_to_tell(minute(0)));
    store->forget_news({news[0]});
    EXPECT_EQ(store->ticket_news(10), (std::vector{news[1]}));
    store->forget_news(news);
    EXPECT_FALSE(store->anything_to_tell(minute(1000)));
}

TEST_P(NotificationsContract, keeps_no_news_of_tickets_that_nobody_was_told_of) {
    happen({{.actor = sara, .kind = TicketEventKind::acknowledged}, {.kind = TicketEventKind::resolved}}, false);
    EXPECT_TRUE(store->ticket_news(10).empty());
}

TEST_P(NotificationsContract, an_inbox_comes_back_as_it_was_put) {
    EXPECT_EQ(store->inbox(sara), PersonInbox());
    store->put_inbox(sara, inbox_with("k1"), minute(5));
    store->put_inbox(dana, inbox_with("k2"), minute(3));
    reopen();
    EXPECT_EQ(store->inbox(sara), inbox_with("k1"));
    EXPECT_TRUE(store->inboxes_due(minute(2), 10).empty());
    EXPECT_EQ(store->inboxes_due(minute(3), 10), (std::vector{dana}));
    EXPECT_EQ(store->inboxes_due(minute(5), 10), (std::vector{dana, sara}));
    EXPECT_EQ(store->inboxes_due(minute(5), 1), (std::vector{dana}));
    store->put_inbox(dana, inbox_with("k3"), std::nullopt);
    EXPECT_EQ(store->inboxes_due(minute(100000), 10), (std::vector{sara}));
    EXPECT_EQ(store->inbox(dana), inbox_with("k3"));
    store->put_inbox(sara, {}, std::nullopt);
    EXPECT_FALSE(store->anything_to_tell(minute(100000)));
}

TEST_P(NotificationsContract, who_leaves_takes_his_inbox_along) {
    store->put_inbox(sara, inbox_with("k1"), minute(5));
    auto setup = store->setup();
    std::erase_if(setup.people, [](const Person& person) { return person.name == "Sara"; });
    store->put_setup(setup);
    EXPECT_TRUE(store->inboxes_due(minute(100), 10).empty());
}

TEST_P(NotificationsContract, choices_of_a_person_are_kept_and_replaced_by_the_setup) {
    auto person = *store->person(sara);
    person.quiet = DayInterval{22 * 60, 7 * 60};
    person.time_zone = "Asia/Riyadh";
    person.updates = person.digest = false;
    store->put_person_preferences(person);
    EXPECT_EQ(store->person(sara), person);
    auto setup = store->setup();
    EXPECT_EQ(*find_named(setup.people, "Sara"), person);
    setup.people[0].quiet.reset();
    setup.people[0].second = "slack:ops";
    store->put_setup(setup);
    EXPECT_EQ(*store->person(sara), setup.people[0]);
}

TEST_P(NotificationsContract, settings_are_kept) {
    auto setup = store->setup();
    setup.notifications.ceiling = 3;
    setup.notifications.digest.week_begins = std::chrono::Monday;
    store->put_setup(setup);
    reopen();
    EXPECT_EQ(store->setup().notifications, setup.notifications);
    setup.notifications = {};
    store->put_setup(setup);
    EXPECT_EQ(store->setup().notifications, NotificationSettings());
}

TEST_P(NotificationsContract, remembers_the_last_run_of_each_kind_of_digest) {
    EXPECT_FALSE(store->digest_run("daily"));
    store->put_digest_run("daily", minute(1));
    store->put_digest_run("weekly", minute(2));
    store->put_digest_run("daily", minute(3));
    EXPECT_EQ(store->digest_run("daily"), minute(3));
    EXPECT_EQ(store->digest_run("weekly"), minute(2));
}

TEST_P(NotificationsContract, gives_the_tickets_of_a_period) {
    const auto put = [&](const std::string& id, int opened, std::optional<int> resolved) {
        auto change = samples::opening(id);
        change.after.opened_at = change.after.updated_at = minute(opened);
        if (resolved) {
            change.after.state = TicketState::resolved;
            change.after.updated_at = minute(*resolved);
        }
        store->apply(change, {}, {});
    };
    put("before", 0, 5);
    put("resolved-within", 0, 15);
    put("open-all-along", 0, {});
    put("opened-within", 12, 13);
    put("resolved-after", 12, 40);
    put("later", 30, {});
    std::set<std::string> seen;
    store->each_ticket_of(minute(10), minute(20), [&](const Ticket& ticket) { seen.insert(ticket.id); });
    EXPECT_EQ(seen, (std::set<std::string>{"resolved-within", "open-all-along", "opened-within", "resolved-after"}));
}

}  // namespace
}  // namespace rasid

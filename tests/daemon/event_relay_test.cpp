#include "daemon/event_relay.hpp"

#include "core/json.hpp"
#include "daemon/system_clock.hpp"
#include "storage/store.hpp"
#include "tests/storage/samples.hpp"
#include "tests/support/temp_folder.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

class EventRelayTest : public testing::Test {
protected:
    EventRelayTest() : store(open_store({.url = "sqlite:" + folder.file("rasid.db")})) { store->put_relays({"crm"}); }

    std::vector<OutboxItem> calls() { return store->mails("", 200); }
    int relay(const Relay& to) { return relay_events(*store, to, random, now); }

    TempFolder folder;
    std::unique_ptr<Store> store;
    SystemRandom random;
    const Instant now = samples::minute(60);
    const Relay all{.name = "crm", .events = {"*"}};

    /// As many calls wait as may.
    void leave_no_room() {
        store->transact([&] {
            for (int i = 0; i < kMostWaiting; ++i) {
                OutboxItem item;
                item.id = item.key = "call-" + std::to_string(i);
                item.kind = "webhook";
                item.to = "crm";
                store->put_outbox(item);
            }
        });
    }
};

TEST_F(EventRelayTest, puts_every_event_with_its_ticket_into_the_outbox_once) {
    const auto change = samples::opening("t1");
    store->apply(change, {}, {});
    ASSERT_FALSE(change.events.empty());
    EXPECT_EQ(relay(all), static_cast<int>(change.events.size()));
    EXPECT_EQ(relay(all), 0);
    const auto made = calls();
    ASSERT_EQ(made.size(), change.events.size());
    const auto& item = made.back();
    const auto& event = change.events.front();
    EXPECT_EQ(item.kind, "webhook");
    EXPECT_EQ(item.to, "crm");
    EXPECT_TRUE(is_relayed(item));
    EXPECT_EQ(item.key, "relay/crm/" + event.id);
    const auto payload = parse_json(item.payload);
    ASSERT_TRUE(payload);
    EXPECT_EQ(payload->root()["webhook"].text_or(""), "signed");
    const auto body = parse_json(payload->root()["text"].text_or(""));
    ASSERT_TRUE(body);
    EXPECT_EQ(body->root()["version"].integer(), 1);
    EXPECT_EQ(body->root()["id"].text_or(""), event.id);
    EXPECT_EQ(body->root()["event"].text_or(""), relayed_name(event.kind));
    EXPECT_EQ(body->root()["key"].text_or(""), item.key);
    EXPECT_EQ(body->root()["ticket"]["id"].text_or(""), "t1");
    EXPECT_EQ(body->root()["ticket"]["queue"].text_or(""), "care");
}

TEST_F(EventRelayTest, drops_what_a_webhook_does_not_want) {
    const auto change = samples::opening("t1");
    store->apply(change, {}, {});
    EXPECT_GT(relay({.name = "crm", .events = {"*"}, .brands = {"saba"}}), 0);
    EXPECT_TRUE(calls().empty());
    store->apply(samples::opening("t2"), {}, {});
    EXPECT_GT(relay({.name = "crm", .events = {"ticket_reply_failed"}}), 0);
    EXPECT_TRUE(calls().empty());
    store->apply(samples::opening("t3"), {}, {});
    relay({.name = "crm", .events = {relayed_name(change.events.front().kind)}, .brands = {"nasma"}});
    EXPECT_FALSE(calls().empty());
}

TEST_F(EventRelayTest, waits_while_too_many_of_its_calls_wait) {
    leave_no_room();
    store->apply(samples::opening("t1"), {}, {});
    EXPECT_EQ(relay(all), 0);
    EXPECT_FALSE(store->relay_events("crm", 10).empty()) << "nothing is lost meanwhile";
    auto sent = *store->outbox_item("call-0");
    sent.state = OutboxState::sent;
    store->update_outbox(sent);
    EXPECT_EQ(relay(all), 1);
}

TEST_F(EventRelayTest, ends_what_found_no_room_for_a_week_as_a_dead_letter) {
    leave_no_room();
    store->apply(samples::opening("t1"), {}, {});
    const auto waiting = store->relay_events("crm", 10);
    ASSERT_FALSE(waiting.empty());
    const auto week_after = waiting.back().at + kEventsWait;
    EXPECT_EQ(relay_events(*store, all, random, waiting.front().at + kEventsWait - std::chrono::seconds(1)), 0);
    EXPECT_EQ(relay_events(*store, all, random, week_after), static_cast<int>(waiting.size()));
    EXPECT_TRUE(store->relay_events("crm", 10).empty());
    const auto ended = calls().front();
    EXPECT_EQ(ended.key, "relay/crm/" + waiting.back().event);
    EXPECT_EQ(ended.state, OutboxState::dead);
    EXPECT_EQ(ended.finished_at, week_after);
    EXPECT_NE(ended.last_error.find("webhook `crm`"), std::string::npos);
    EXPECT_EQ(store->unsent_to("webhook", "crm"), kMostWaiting) << "it waits for a person";
}

TEST_F(EventRelayTest, tells_of_what_is_old_once_there_is_room) {
    store->apply(samples::opening("t1"), {}, {});
    EXPECT_GT(relay_events(*store, all, random, now + 4 * kEventsWait), 0);
    EXPECT_EQ(calls().front().state, OutboxState::waiting) << "nobody was running, or the webhook is well again";
}

TEST_F(EventRelayTest, knows_the_words_of_its_events) {
    EXPECT_TRUE(is_relayed_name("*"));
    EXPECT_TRUE(is_relayed_name("ticket_opened"));
    EXPECT_TRUE(is_relayed_name(relayed_name(TicketEventKind::reply_failed)));
    EXPECT_FALSE(is_relayed_name("opened"));
    EXPECT_FALSE(is_relayed_name("ticket_"));
    EXPECT_FALSE(is_relayed_name("ticket_exploded"));
}

}  // namespace
}  // namespace rasid

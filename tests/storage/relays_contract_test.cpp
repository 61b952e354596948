#include "tests/storage/samples.hpp"
#include "tests/storage/store_contract.hpp"

namespace rasid {
namespace {

using samples::minute;

class RelaysContract : public StoreContract {
protected:
    std::string events(const std::string& relay, int limit = 100) {
        std::string text;
        for (const auto& one : store->relay_events(relay, limit)) text += one.event + " ";
        return text;
    }
};
RASID_OVER_ENGINES(RelaysContract);

TEST_P(RelaysContract, holds_every_event_of_a_ticket_for_every_relay_as_it_was_committed) {
    store->apply(samples::opening("before"), {}, {});
    store->put_relays({"crm", "wall"});
    const auto change = samples::opening("t1");
    store->apply(change, {}, {});
    Intake intake;
    intake.tickets = {samples::opening("t2")};
    store->take(intake);
    reopen();
    std::string expected;
    for (const auto& event : change.events) expected += event.id + " ";
    for (const auto& event : intake.tickets.front().events) expected += event.id + " ";
    EXPECT_EQ(events("crm"), expected) << "none of before it was there";
    EXPECT_EQ(events("wall"), expected);
    EXPECT_EQ(events("nobody"), "");
    EXPECT_EQ(store->relay_events("crm", 1).front().ticket, "t1");
    EXPECT_EQ(store->relay_events("crm", 1).front().at, change.events.front().at);
}

TEST_P(RelaysContract, rolls_back_with_its_change) {
    store->put_relays({"crm"});
    EXPECT_ANY_THROW(store->transact([&] {
        store->apply(samples::opening("t1"), {}, {});
        throw StoreError("cut off");
    }));
    EXPECT_EQ(events("crm"), "");
}

TEST_P(RelaysContract, forgets_what_was_told_and_what_belongs_to_a_relay_that_is_gone) {
    store->put_relays({"crm", "wall"});
    store->apply(samples::opening("t1"), {}, {});
    const auto waiting = store->relay_events("crm", 100);
    store->forget_relay_events(waiting);
    EXPECT_EQ(events("crm"), "");
    EXPECT_NE(events("wall"), "");
    store->put_relays({"crm"});
    EXPECT_EQ(events("wall"), "");
    store->put_relays({"crm", "wall"});
    EXPECT_EQ(events("wall"), "") << "it begins anew";
}

TEST_P(RelaysContract, counts_what_still_waits_for_a_recipient) {
    OutboxItem item;
    item.kind = "webhook";
    item.to = "crm";
    for (const auto* id : {"a", "b", "c"}) {
        item.id = item.key = id;
        store->put_outbox(item);
    }
    item.state = OutboxState::sent;
    store->update_outbox(item);
    EXPECT_EQ(store->unsent_to("webhook", "crm"), 2);
    EXPECT_EQ(store->unsent_to("webhook", "wall"), 0);
    EXPECT_EQ(store->unsent_to("escalation", "crm"), 0);
}

}  // namespace
}  // namespace rasid

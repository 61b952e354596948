#include "core/setup_toml.hpp"
#include "tests/storage/samples.hpp"
#include "tests/storage/store_contract.hpp"

namespace rasid {
namespace {

using samples::minute;

constexpr std::string_view kRotaSetup = R"toml(
[[person]]
name = "Sara"
email = "sara@example.org"
languages = ["ar"]
skills = ["refund", "a \"quoted\" one"]
capacity = 7
[[person]]
name = "Dana"
email = "dana@example.org"
[[rota]]
name = "night"
first_day = "2026-03-01"
people = ["Sara", "Dana"]
overrides = [{ from = "2026-03-08T06:00:00Z", to = "2026-03-09T06:00:00Z", person = "Dana" }]
[[queue]]
name = "care"
assign = "round_robin"
)toml";

class PresenceContract : public StoreContract {
protected:
    void SetUp() override {
        StoreContract::SetUp();
        auto parsed = parse_setup(kRotaSetup, "test");
        ASSERT_TRUE(parsed.errors.empty()) << to_string(parsed.errors.front());
        store->put_setup(parsed.setup);
    }

    std::string id_of(std::string_view name) { return find_named(store->setup().people, name)->id; }
    Workload of(std::string_view name) {
        const auto id = id_of(name);
        for (const auto& one : store->workloads()) {
            if (one.person == id) return one;
        }
        ADD_FAILURE() << name;
        return {};
    }

    /// An open ticket; somebody's where `person` is not empty.
    TicketChange ticket(const std::string& id, const std::string& person) {
        auto change = samples::opening(id);
        change.after.queue = "care";
        change.after.assignee = person;
        if (!person.empty()) {
            auto event = samples::event(id, 2, TicketEventKind::assigned);
            event.person = person;
            event.at = minute(9);
            change.events.push_back(event);
            change.after.version = 2;
        }
        return change;
    }
    static std::vector<std::string> ids(const std::vector<Ticket>& tickets) {
        std::vector<std::string> list;
        for (const auto& one : tickets) list.push_back(one.id);
        return list;
    }
    using Ids = std::vector<std::string>;
};

TEST_P(PresenceContract, keeps_rotas_and_what_people_can) {
    const auto setup = store->setup();
    EXPECT_EQ(setup.rotas, parse_setup(kRotaSetup, "test").setup.rotas);
    EXPECT_EQ(setup.people.at(0).skills, (std::vector<std::string>{"refund", "a \"quoted\" one"}));
    EXPECT_EQ(setup.people.at(0).languages, std::vector<std::string>{"ar"});
    EXPECT_EQ(setup.people.at(0).capacity, 7);
}

TEST_P(PresenceContract, nobody_is_here_before_he_says_so) {
    ASSERT_EQ(store->workloads().size(), 2u);
    EXPECT_EQ(of("Sara"), (Workload{.person = id_of("Sara")}));
    store->put_presence(id_of("Sara"), true, minute(1));
    EXPECT_TRUE(of("Sara").present);
    EXPECT_EQ(of("Sara").said_at, minute(1));
    store->put_presence(id_of("Sara"), false, minute(2));
    reopen();
    EXPECT_FALSE(of("Sara").present);
    EXPECT_EQ(of("Sara").said_at, minute(2));
    EXPECT_FALSE(of("Dana").said_at);
}

TEST_P(PresenceContract, a_turn_is_remembered_without_saying_that_he_is_here) {
    store->apply(ticket("t1", id_of("Dana")), {}, {});
    EXPECT_EQ(of("Dana").last_assigned_at, minute(9));
    EXPECT_EQ(of("Dana").open, 1);
    EXPECT_FALSE(of("Dana").present);
    EXPECT_FALSE(of("Dana").said_at);
    store->put_presence(id_of("Dana"), true, minute(10));
    EXPECT_EQ(of("Dana").last_assigned_at, minute(9)) << "coming changes no turn";
    EXPECT_EQ(of("Sara").open, 0);
}

TEST_P(PresenceContract, a_ticket_given_to_somebody_who_was_just_removed_is_stored) {
    store->apply(ticket("t1", "person-999"), {}, {});
    EXPECT_EQ(store->ticket("t1")->assignee, "person-999");
    store->put_presence("person-999", true, minute(1));
    EXPECT_EQ(store->workloads().size(), 2u);
}

TEST_P(PresenceContract, presence_goes_with_the_person) {
    store->put_presence(id_of("Sara"), true, minute(1));
    auto setup = store->setup();
    setup.people.erase(setup.people.begin());
    setup.rotas.clear();
    store->put_setup(setup);
    EXPECT_EQ(store->workloads().size(), 1u);
}

TEST_P(PresenceContract, finds_the_tickets_that_nobody_here_has) {
    const auto sara = id_of("Sara");
    const auto dana = id_of("Dana");
    store->apply(ticket("t1", ""), {}, {});
    store->apply(ticket("t2", sara), {}, {});
    store->apply(ticket("t3", dana), {}, {});
    auto other = ticket("t4", "");
    other.after.queue = "other";
    store->apply(other, {}, {});
    EXPECT_EQ(ids(store->tickets_to_give({"care"}, {sara}, "", 10)), (Ids{"t1", "t3"}));
    EXPECT_EQ(ids(store->tickets_to_give({"care"}, {}, "", 10)), (Ids{"t1", "t2", "t3"}));
    EXPECT_EQ(ids(store->tickets_to_give({"care", "other"}, {sara, dana}, "t1", 10)), Ids{"t4"});
    EXPECT_EQ(ids(store->tickets_to_give({"care"}, {}, "", 1)), Ids{"t1"});
    EXPECT_TRUE(store->tickets_to_give({}, {}, "", 10).empty());
}

TEST_P(PresenceContract, a_step_without_target_and_the_time_without_acknowledgement_are_kept) {
    auto change = ticket("t1", "");
    change.after.unacknowledged_since = minute(3);
    auto event = samples::event("t1", 2, TicketEventKind::notified);
    event.unacknowledged = std::chrono::minutes(30);
    change.events.push_back(event);
    change.after.version = 2;
    store->apply(change, {}, {});
    EXPECT_EQ(store->ticket("t1")->unacknowledged_since, minute(3));
    EXPECT_EQ(store->events_of("t1").at(1).unacknowledged, Duration(std::chrono::minutes(30)));
}

RASID_OVER_ENGINES(PresenceContract);

}  // namespace
}  // namespace rasid

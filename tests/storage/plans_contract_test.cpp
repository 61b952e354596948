#include "tests/storage/samples.hpp"
#include "tests/storage/store_contract.hpp"

namespace rasid {
namespace {

using samples::day_of_march;
using samples::minute;

class PlansContract : public StoreContract {
protected:
    void SetUp() override {
        StoreContract::SetUp();
        store->put_customer(samples::customer("c1"));
    }

    /// Every kind of row that a plan change holds.
    PlanChange whole_change() {
        PlanChange change{.customer = "c1"};
        change.touches = {samples::touch("a")};
        change.ledger = {samples::entry("l1")};
        change.guard = Guard{"case-1", minute(1), "open complaint"};
        change.events = {samples::touch_event("e1", "a", TouchEventKind::laid)};
        change.cases = {samples::bad_experience("case-1")};
        change.case_events = {samples::case_event("ce1", "case-1", CaseEventKind::opened)};
        change.surveys = {samples::survey("s1")};
        change.proposals = {samples::proposal("p1")};
        return change;
    }
    void expect_all_of(const PlanChange& change) {
        EXPECT_EQ(store->touches("c1", 2026), change.touches);
        EXPECT_EQ(store->ledger("c1", 10), change.ledger);
        EXPECT_EQ(store->guard("c1"), *change.guard);
        EXPECT_EQ(store->touch_events("c1", {}), change.events);
        EXPECT_EQ(store->cases("c1"), change.cases);
        EXPECT_EQ(store->case_events("c1"), change.case_events);
        EXPECT_EQ(store->surveys("c1"), change.surveys);
        EXPECT_EQ(store->proposals("c1", false), change.proposals);
    }
    void expect_nothing() {
        EXPECT_TRUE(store->touches("c1", 2026).empty());
        EXPECT_TRUE(store->ledger("c1", 10).empty());
        EXPECT_FALSE(store->guard("c1").held());
        EXPECT_TRUE(store->touch_events("c1", {}).empty());
        EXPECT_TRUE(store->cases("c1").empty());
        EXPECT_TRUE(store->case_events("c1").empty());
        EXPECT_TRUE(store->surveys("c1").empty());
        EXPECT_TRUE(store->proposals("c1", false).empty());
    }
    std::vector<std::string> due(std::string_view owner, unsigned day, const std::vector<std::string>& brands = {},
                                 int limit = 100) {
        std::vector<std::string> ids;
        for (const auto& touch : store->touches_due(owner, day_of_march(day), brands, limit)) ids.push_back(touch.id);
        return ids;
    }
    using Ids = std::vector<std::string>;
};
RASID_OVER_ENGINES(PlansContract);

TEST_P(PlansContract, keeps_everything_that_a_plan_change_says) {
    const auto change = whole_change();
    store->apply_plan(change);
    reopen();
    expect_all_of(change);
    EXPECT_EQ(store->touch("a"), change.touches[0]);
    EXPECT_EQ(store->survey("s1"), change.surveys[0]);
    EXPECT_EQ(store->proposal("p1"), change.proposals[0]);

    const auto plan = plan_of(*store, "c1", minute(0));
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->customer, samples::customer("c1"));
    EXPECT_EQ(plan->touches, change.touches);
    EXPECT_EQ(plan->guard, *change.guard);
    EXPECT_EQ(plan->cases, change.cases);
    EXPECT_EQ(plan->surveys, change.surveys);
    EXPECT_FALSE(plan_of(*store, "nobody", minute(0)));
}

TEST_P(PlansContract, keeps_it_with_a_page_and_with_a_ticket) {
    auto change = whole_change();
    Intake intake;
    intake.tickets = {samples::opening("t1")};
    intake.plans = {change};
    const auto ticket = store->take(intake).at(0);
    expect_all_of(change);

    auto next = samples::touch_event("e2", "a", TouchEventKind::moved);
    store->apply(samples::next(ticket), {{.customer = "c1", .events = {next}}}, {});
    change.events.push_back(next);
    expect_all_of(change);
}

TEST_P(PlansContract, keeps_nothing_of_a_change_when_a_part_of_it_is_refused) {
    auto change = whole_change();
    change.ledger.push_back(change.ledger.front());
    EXPECT_THROW(store->apply_plan(change), StoreError);
    expect_nothing();
}

TEST_P(PlansContract, keeps_nothing_of_a_change_when_what_follows_it_fails) {
    EXPECT_THROW(store->transact([&] {
        store->apply_plan(whole_change());
        store->append_promise_events({samples::promise_event("pe1", PromiseEventKind::made)});
        store->put_segment({"loyal", "{}"});
        throw std::runtime_error("later trouble");
    }),
                 std::runtime_error);
    reopen();
    expect_nothing();
    EXPECT_TRUE(store->promise_events("c1").empty());
    EXPECT_TRUE(store->segments().empty());
}

TEST_P(PlansContract, passes_over_changes_of_a_customer_who_is_gone) {
    store->remove_customer("c1");
    store->apply_plan(whole_change());
    expect_nothing();
}

TEST_P(PlansContract, replaces_touches_by_id_and_lists_them_in_the_order_of_the_year) {
    PlanChange change{.customer = "c1"};
    change.touches = {samples::touch("b", 20), samples::touch("a", 3), samples::touch("last-year", 1)};
    change.touches[2].year = 2025;
    store->apply_plan(change);
    EXPECT_EQ(store->touches("c1", 2026), (std::vector<PlannedTouch>{change.touches[1], change.touches[0]}));

    PlannedTouch done{.id = "a", .customer = "c1", .year = 2026, .due_on = day_of_march(5), .state = TouchState::done};
    store->apply_plan({.customer = "c1", .touches = {done}});
    EXPECT_EQ(store->touch("a"), done);
    EXPECT_EQ(store->touches("c1", 2026).size(), 2u);
    EXPECT_FALSE(store->touch("nope"));
}

TEST_P(PlansContract, gives_back_touch_events_in_the_order_in_which_they_happened_and_each_once) {
    auto early = samples::touch("a");
    auto late = samples::touch("z");
    early.year = 2025;
    PlanChange change{.customer = "c1", .touches = {early, late}};
    // Ids and moments say nothing about the order: the tenth event of a moment comes behind the ninth.
    for (const char* id : {"z/9", "z/10", "a/1"}) {
        change.events.push_back(samples::touch_event(id, std::string(id, 1), TouchEventKind::held));
    }
    change.events[2].at = minute(-5);
    store->apply_plan(change);
    store->apply_plan(change);
    EXPECT_EQ(store->touch_events("c1", {}), change.events);
    EXPECT_EQ(store->touch_events("c1", 2025), (std::vector<TouchEvent>{change.events[2]}));
    EXPECT_EQ(store->touch_events("c1", 2026), (std::vector<TouchEvent>{change.events[0], change.events[1]}));

    TouchEvent bare{.id = "bare", .customer = "c1", .touch = "a"};
    store->apply_plan({.customer = "c1", .events = {bare}});
    EXPECT_EQ(store->touch_events("c1", {}).back(), bare);
}

TEST_P(PlansContract, lists_what_a_person_owes_by_a_day) {
    PlanChange change{.customer = "c1"};
    change.touches = {samples::touch("late", 1),   samples::touch("today", 5), samples::touch("tomorrow", 6),
                      samples::touch("done", 2),   samples::touch("held", 2),  samples::touch("hers", 2),
                      samples::touch("nobodys", 2)};
    change.touches[3].state = TouchState::done;
    change.touches[4].state = TouchState::held;
    change.touches[5].owner = "person-2";
    change.touches[6].owner = "";
    store->apply_plan(change);
    EXPECT_EQ(due("person-1", 5), (Ids{"late", "today"}));
    EXPECT_EQ(due("person-1", 5, {}, 1), (Ids{"late"}));
    EXPECT_EQ(due("person-2", 5), (Ids{"hers"}));
    EXPECT_EQ(due("", 5), (Ids{"nobodys"}));
    EXPECT_EQ(store->touches_due("person-1", day_of_march(1), {}, 10)[0], change.touches[0]);
}

TEST_P(PlansContract, owes_a_note_only_once_its_call_is_logged) {
    auto call = samples::touch("call", 1);
    auto note = samples::touch("note", 2);
    note.follows = "call";
    store->apply_plan({.customer = "c1", .touches = {call, note}});
    EXPECT_EQ(due("person-1", 5), (Ids{"call"}));
    call.state = TouchState::skipped;
    store->apply_plan({.customer = "c1", .touches = {call}});
    EXPECT_EQ(due("person-1", 5), Ids{});
    call.state = TouchState::done;
    store->apply_plan({.customer = "c1", .touches = {call}});
    EXPECT_EQ(due("person-1", 5), (Ids{"note"}));
}

TEST_P(PlansContract, limits_what_is_owed_to_brands) {
    auto other = samples::customer("c2");
    other.brand = "other";
    store->put_customer(other);
    store->apply_plan({.customer = "c1", .touches = {samples::touch("a", 2)}});
    store->apply_plan({.customer = "c2", .touches = {samples::touch("b", 1, "c2")}});
    EXPECT_EQ(due("person-1", 5), (Ids{"b", "a"}));
    EXPECT_EQ(due("person-1", 5, {"nasma"}), (Ids{"a"}));
    EXPECT_EQ(due("person-1", 5, {"other", "nasma"}), (Ids{"b", "a"}));
    EXPECT_EQ(due("person-1", 5, {"none"}), Ids{});
}

TEST_P(PlansContract, lists_what_stands_in_a_persons_calendar) {
    PlanChange change{.customer = "c1"};
    change.touches = {samples::touch("before", 1), samples::touch("first", 2), samples::touch("held", 3),
                      samples::touch("done", 3),   samples::touch("last", 4),  samples::touch("behind", 5)};
    change.touches[2].state = TouchState::held;
    change.touches[3].state = TouchState::done;
    store->apply_plan(change);
    Ids ids;
    for (const auto& touch : store->open_touches("person-1", day_of_march(2), day_of_march(4), 10))
        ids.push_back(touch.id);
    EXPECT_EQ(ids, (Ids{"first", "held", "last"}));
    EXPECT_EQ(store->open_touches("person-1", day_of_march(2), day_of_march(4), 1).size(), 1u);
}

TEST_P(PlansContract, keeps_the_guard_as_it_was_last_set) {
    EXPECT_FALSE(store->guard("c1").held());
    const Guard held{"t1", minute(1), "open complaint: ticket #1001"};
    store->apply_plan({.customer = "c1", .guard = held});
    EXPECT_EQ(store->guard("c1"), held);
    store->apply_plan({.customer = "c1"});
    EXPECT_EQ(store->guard("c1"), held);
    store->apply_plan({.customer = "c1", .guard = Guard{}});
    EXPECT_EQ(store->guard("c1"), Guard{});
}

TEST_P(PlansContract, lists_the_ledger_from_either_end) {
    const auto old = samples::entry("l9", 1);
    const auto recent = samples::entry("l1", 2);
    const auto same_moment = samples::entry("l2", 2);
    const LedgerEntry bare{.id = "l0", .customer = "c1", .at = minute(3)};
    store->apply_plan({.customer = "c1", .ledger = {same_moment, old}});
    store->apply_plan({.customer = "c1", .ledger = {bare, recent}});
    using List = std::vector<LedgerEntry>;
    EXPECT_EQ(store->ledger("c1", 10), (List{bare, same_moment, recent, old}));
    EXPECT_EQ(store->ledger("c1", 1), (List{bare}));
    EXPECT_EQ(store->ledger_after("c1", "", 2), (List{old, recent}));
    EXPECT_EQ(store->ledger_after("c1", "l1", 2), (List{same_moment, bare}));
    EXPECT_TRUE(store->ledger_after("c1", "l0", 2).empty());
    EXPECT_EQ(store->ledger_of_mention("m1"), (List{old, recent, same_moment}));
    EXPECT_TRUE(store->ledger_of_mention("").empty());
    EXPECT_TRUE(store->ledger("c2", 10).empty());
}

}  // namespace
}  // namespace rasid

#include "tests/storage/samples.hpp"
#include "tests/storage/store_contract.hpp"

namespace rasid {
namespace {

using samples::minute;

class MergesContract : public StoreContract {
protected:
    void SetUp() override {
        StoreContract::SetUp();
        kept = samples::customer("kept");
        kept.identities = {{"mastodon", "Kept", "hand", minute(1)}};
        dropped = samples::customer("dropped");
        dropped.name = "Dropped";
        dropped.identities = {{"bluesky", "dropped.example", "import", minute(2)}};
        store->put_customer(kept);
        store->put_customer(dropped);
        for (const std::string of : {"kept", "dropped"}) {
            PlanChange change{.customer = of};
            change.touches = {samples::touch("touch-of-" + of, 3, of)};
            change.ledger = {samples::entry("l2-of-" + of, 2, of), samples::entry("l1-of-" + of, 1, of)};
            change.cases = {samples::bad_experience("case-of-" + of, 0, of)};
            change.case_events = {samples::case_event("ce-of-" + of, "case-of-" + of, CaseEventKind::opened, of)};
            change.surveys = {samples::survey("s-of-" + of, 0, of)};
            store->apply_plan(change);
            store->append_promise_events(
                {samples::promise_event("pe-of-" + of, PromiseEventKind::made, "t-of-" + of, of)});
            Intake intake;
            intake.mentions = {samples::mention(of)};
            intake.mentions[0].customer = of;
            intake.tickets = {samples::opening("t-of-" + of)};
            intake.tickets[0].after.customer = of;
            store->take(intake);
        }
        merge = samples::merge("merge-1", kept, dropped);
    }

    PlanChange skip() {
        auto skipped = samples::touch("touch-of-dropped", 3, "dropped");
        skipped.state = TouchState::skipped;
        return {.customer = "dropped",
                .touches = {skipped},
                .events = {samples::touch_event("e1", skipped.id, TouchEventKind::skipped, "dropped")}};
    }
    void undo() {
        auto undone = *store->merge("merge-1");
        undone.undone_at = minute(20);
        store->take_back_merge(
            undone, kept, dropped,
            {{.customer = "dropped", .touches = {samples::touch("touch-of-dropped", 3, "dropped")}}});
    }
    /// Ids of everything that hangs on a customer and moves.
    std::string rows_of(std::string_view customer) {
        std::string ids;
        for (const auto& entry : store->ledger(customer, 99)) ids += entry.id + " ";
        for (const auto& one : store->cases(customer)) ids += one.id + " ";
        for (const auto& event : store->case_events(customer)) ids += event.id + " ";
        for (const auto& survey : store->surveys(customer)) ids += survey.id + " ";
        for (const auto& event : store->promise_events(customer)) ids += event.id + " ";
        for (const auto& mention : store->mentions_of_customer(customer, "", 99)) ids += mention.id + " ";
        for (const auto& ticket : store->tickets_of_customer(customer, 99)) ids += ticket.id + " ";
        return ids;
    }

    Customer kept;
    Customer dropped;
    Merge merge;
};
RASID_OVER_ENGINES(MergesContract);

TEST_P(MergesContract, makes_two_customers_one) {
    store->put_merge(merge, {skip(), {.customer = "kept", .guard = Guard{"case-of-dropped", minute(8), "open"}}});
    reopen();
    EXPECT_EQ(store->customer("kept"), merge.merged);
    EXPECT_FALSE(store->customer("dropped"));
    EXPECT_EQ(store->customers("", {}, "", 10).size(), 1u);
    for (const auto& found : store->customers("Dropped", {}, "", 10)) EXPECT_EQ(found.id, "kept") << "by the handle";
    EXPECT_EQ(store->customer_of("bluesky", "dropped.example")->id, "kept");
    EXPECT_EQ(rows_of("dropped"), "");
    EXPECT_EQ(rows_of("kept"), "l2-of-kept l2-of-dropped l1-of-kept l1-of-dropped case-of-dropped case-of-kept "
                               "ce-of-kept ce-of-dropped s-of-dropped s-of-kept pe-of-kept pe-of-dropped "
                               "id-of-dropped id-of-kept t-of-kept t-of-dropped ");
    EXPECT_EQ(store->guard("kept").ticket, "case-of-dropped");
    EXPECT_EQ(store->touches("kept", 2026).size(), 1u) << "one customer has one plan";
    EXPECT_EQ(store->touches("dropped", 2026), skip().touches);
    EXPECT_EQ(store->touch_events("dropped", {}), skip().events);
}

TEST_P(MergesContract, remembers_a_merge_with_what_it_moved) {
    store->put_merge(merge, {});
    auto expected = merge;
    expected.moved_ledger = {"l1-of-dropped", "l2-of-dropped"};
    EXPECT_EQ(store->merge("merge-1"), expected);
    EXPECT_EQ(store->merges("kept"), (std::vector<Merge>{expected}));
    EXPECT_EQ(store->merges("dropped"), (std::vector<Merge>{expected}));
    EXPECT_FALSE(store->merge("merge-2"));
    EXPECT_TRUE(store->merges("somebody").empty());
}

TEST_P(MergesContract, owes_a_customer_who_was_merged_nothing) {
    store->put_merge(merge, {});  // his touch still stands as planned
    const auto owed = store->touches_due("person-1", samples::day_of_march(31), {}, 10);
    ASSERT_EQ(owed.size(), 1u);
    EXPECT_EQ(owed[0].id, "touch-of-kept");
    store->apply_plan({.customer = "dropped", .ledger = {samples::entry("too late", 9, "dropped")}});
    EXPECT_EQ(rows_of("dropped"), "");
}

TEST_P(MergesContract, takes_back_exactly_what_was_moved) {
    const auto before_kept = rows_of("kept");
    const auto before_dropped = rows_of("dropped");
    store->put_merge(merge, {skip()});
    store->apply_plan({.customer = "kept", .ledger = {samples::entry("since", 9, "kept")}});
    kept.notes = "changed since";
    undo();
    reopen();
    EXPECT_EQ(store->customer("kept"), kept);
    EXPECT_EQ(store->customer("dropped"), dropped);
    EXPECT_EQ(store->customer_of("bluesky", "dropped.example")->id, "dropped");
    EXPECT_EQ(rows_of("kept"), "since " + before_kept);
    EXPECT_EQ(rows_of("dropped"), before_dropped);
    EXPECT_EQ(store->touch("touch-of-dropped")->state, TouchState::planned);
    EXPECT_EQ(store->merge("merge-1")->undone_at, minute(20));
    EXPECT_THROW(undo(), StoreError) << "once";
}

TEST_P(MergesContract, takes_merges_back_from_the_last_one) {
    store->put_customer({.id = "third"});
    store->put_merge(merge, {});
    const Merge second{.id = "merge-2", .kept = {.id = "third"}, .dropped = merge.merged, .merged = {.id = "third"}};
    store->put_merge(second, {});
    EXPECT_THROW(undo(), StoreError);
    auto undone = second;
    undone.undone_at = minute(19);
    store->take_back_merge(undone, {.id = "third"}, merge.merged, {});
    EXPECT_FALSE(store->customer("dropped"));
    undo();
    EXPECT_EQ(store->customer("dropped"), dropped);
    EXPECT_EQ(rows_of("third"), "");
}

TEST_P(MergesContract, merges_nothing_when_one_side_is_gone_or_a_part_fails) {
    const auto before = rows_of("kept");
    auto refused = skip();
    refused.ledger = {samples::entry("l1-of-kept", 1, "dropped")};  // an id that is taken
    EXPECT_THROW(store->put_merge(merge, {refused}), StoreError);
    EXPECT_EQ(store->customer("kept"), kept);
    EXPECT_EQ(store->customer("dropped"), dropped);
    EXPECT_EQ(rows_of("kept"), before);
    EXPECT_FALSE(store->merge("merge-1"));
    EXPECT_EQ(store->touch("touch-of-dropped")->state, TouchState::planned);

    store->remove_customer("dropped");
    EXPECT_THROW(store->put_merge(merge, {}), StoreError);
    EXPECT_EQ(store->customer("kept"), kept);
}

TEST_P(MergesContract, removes_a_customer_with_those_that_were_merged_into_him) {
    store->put_merge(merge, {});
    store->remove_customer("kept");
    EXPECT_FALSE(store->customer("kept"));
    EXPECT_FALSE(store->touch("touch-of-dropped"));
    EXPECT_FALSE(store->merge("merge-1"));
    EXPECT_TRUE(store->promise_events("kept").empty());
}

}  // namespace
}  // namespace rasid

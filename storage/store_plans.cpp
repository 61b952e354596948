#include "storage/sql_store.hpp"

namespace rasid {

Guard SqlStore::guard(std::string_view customer) {
    const auto answer = engine_->ask("SELECT ticket, since, reason FROM guards WHERE customer = $1", customer);
    Guard guard;
    if (!answer->next()) return guard;
    Columns columns(*answer);
    guard.ticket = columns.text();
    guard.since = columns.maybe_instant();
    guard.reason = columns.text();
    return guard;
}

void SqlStore::apply_plan(const PlanChange& change) {
    transact([&] { store_plan(change); });
}

void SqlStore::store_plan(const PlanChange& change) {
    // Removed or merged since the change was computed: there is nothing left to keep a plan for, and the rest of the
    // intake must not fail.
    if (!engine_->ask("SELECT 1 FROM customers WHERE id = $1 AND merged_into = ''", change.customer)->next()) return;
    for (const auto& touch : change.touches) store_touch(touch);
    for (const auto& event : change.events) append_touch_event(event);
    for (const auto& entry : change.ledger) append_ledger(entry);
    for (const auto& bad_experience : change.cases) store_case(bad_experience);
    for (const auto& event : change.case_events) append_case_event(event);
    for (const auto& survey : change.surveys) store_survey(survey);
    for (const auto& proposal : change.proposals) propose(proposal);
    if (!change.guard) return;
    engine_->run(R"sql(
        INSERT INTO guards (customer, ticket, since, reason) VALUES ($1, $2, $3, $4)
        ON CONFLICT (customer) DO UPDATE SET ticket = excluded.ticket, since = excluded.since, reason = excluded.reason)sql",
                 change.customer, change.guard->ticket, change.guard->since, change.guard->reason);
}

}  // namespace rasid

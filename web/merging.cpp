#include "web/merging.hpp"

#include "engagement/plan_rules.hpp"
#include "engagement/recovery.hpp"
#include "web/year_layer.hpp"

namespace rasid {
namespace {

Failure not_there() { return {Failure::Kind::not_found, "there is no such customer"}; }

/// What is left to do once the records are as they should be.
void settle(Store& store, const Customer& customer, std::string_view cause, const CustomerDesk& desk) {
    const auto plan = plan_of(store, customer.id, desk.now);
    if (!plan) return;
    store.apply_plan(guard_by_cases(*plan, desk.now, working_days_of(desk.setup())));
    YearLayer(store, desk.setup(), desk.churn, desk.today, desk.now).lay_anew(customer, cause);
}

}  // namespace

Result<Merge> merge_records(Store& store, std::string_view kept_id, std::string_view dropped_id,
                            std::span<const std::string> from_dropped, const CustomerDesk& desk, Random& random) {
    const auto kept = visible_customer(store, kept_id, desk.person);
    const auto dropped = visible_plan(store, dropped_id, desk);
    if (!kept || !dropped) return not_there();
    auto change = merge_customers(*kept, *dropped, whole_ledger(store, dropped_id), from_dropped, desk.person.id,
                                  random, desk.now);
    if (!change) return change.error();
    store.put_merge(change->merge, {change->plan_of_dropped});
    settle(store, change->merge.merged, "merged with " + dropped->customer.name, desk);
    return std::move(change->merge);
}

Result<Merge> unmerge_records(Store& store, std::string_view id, const CustomerDesk& desk) {
    auto merge = store.merge(id);
    const auto kept = merge ? visible_customer(store, merge->kept.id, desk.person) : std::nullopt;
    if (!kept || !sees_brand(desk.person, merge->dropped.brand))
        return Failure{Failure::Kind::not_found, "there is no such merge"};
    std::vector<PlannedTouch> touches;
    const auto year = static_cast<int>(desk.today.year());
    for (const int each : {year, year + 1}) {
        for (auto& touch : store.touches(merge->dropped.id, each)) touches.push_back(std::move(touch));
    }
    auto undone = undo_merge(std::move(*merge), *kept, touches, desk.person.id, desk.now);
    if (!undone) return undone.error();
    store.take_back_merge(undone->merge, undone->kept, undone->dropped, {undone->plan_of_dropped});
    settle(store, undone->kept, "a merge was taken back", desk);
    settle(store, undone->dropped, "a merge was taken back", desk);
    return std::move(undone->merge);
}

}  // namespace rasid

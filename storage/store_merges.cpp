#include "core/customer_json.hpp"
#include "storage/column_json.hpp"
#include "storage/sql_store.hpp"

#include <array>
#include <cassert>

namespace rasid {
namespace {

/// What becomes the kept customer's: kind of `merge_moves`, and the table's name. Touches and what happened to them
/// stay, for one customer has one plan.
constexpr std::array<const char*, 7> kMoved = {"ledger",         "cases",    "case_events", "surveys",
                                               "promise_events", "mentions", "tickets"};

const std::string kSelectMerge = "SELECT id, at, actor, records, undone_at FROM merges ";

std::string records_to_json(const Merge& merge) {
    JsonWriter out;
    out.object([&] {
        out.key("kept");
        write_customer_record(out, merge.kept);
        out.key("dropped");
        write_customer_record(out, merge.dropped);
        out.key("merged");
        write_customer_record(out, merge.merged);
        out.strings("skipped_touches", merge.skipped_touches);
    });
    return std::move(out).take();
}

Customer record_of(JsonView record) {
    auto customer = customer_from_json(record);
    if (!customer) throw StoreError("a stored merge is damaged: " + customer.error().what);
    return std::move(*customer);
}

Merge merge_of(const Answer& answer) {
    Columns columns(answer);
    Merge merge;
    merge.id = columns.text();
    merge.at = columns.instant();
    merge.actor = columns.text();
    const auto document = stored_json(columns.text());
    const auto records = document.root();
    merge.kept = record_of(records["kept"]);
    merge.dropped = record_of(records["dropped"]);
    merge.merged = record_of(records["merged"]);
    for (const auto& touch : records["skipped_touches"].items()) merge.skipped_touches.push_back(touch.text_or(""));
    merge.undone_at = columns.maybe_instant();
    return merge;
}

}  // namespace

std::vector<Merge> SqlStore::merges(std::string_view customer) {
    return on_one_state([&] {
        std::vector<Merge> list;
        const auto answer =
            engine_->ask(kSelectMerge + "WHERE kept = $1 OR dropped = $1 ORDER BY at DESC, id DESC", customer);
        while (answer->next()) {
            list.push_back(merge_of(*answer));
            load_moved_ledger(list.back());
        }
        return list;
    });
}

std::optional<Merge> SqlStore::merge(std::string_view id) {
    return on_one_state([&]() -> std::optional<Merge> {
        const auto answer = engine_->ask(kSelectMerge + "WHERE id = $1", id);
        if (!answer->next()) return std::nullopt;
        auto found = merge_of(*answer);
        load_moved_ledger(found);
        return found;
    });
}

void SqlStore::load_moved_ledger(Merge& merge) {
    const auto answer =
        engine_->ask("SELECT item FROM merge_moves WHERE merge = $1 AND kind = 'ledger' ORDER BY item", merge.id);
    while (answer->next()) merge.moved_ledger.emplace_back(answer->text(0));
}

void SqlStore::put_merge(const Merge& merge, const std::vector<PlanChange>& plans) {
    assert(merge.merged.id == merge.kept.id && merge.kept.id != merge.dropped.id);
    transact([&] {
        for (const auto* record : {&merge.kept, &merge.dropped}) {
            if (!customer(record->id)) throw StoreError("customer " + record->id + " is gone: nothing was merged");
        }
        for (const auto& plan : plans) {
            if (plan.customer == merge.dropped.id) store_plan(plan);
        }
        engine_->run(R"sql(
            INSERT INTO merges (id, at, actor, kept, dropped, records, undone_at) VALUES ($1, $2, $3, $4, $5, $6, NULL))sql",
                     merge.id, merge.at, merge.actor, merge.kept.id, merge.dropped.id, records_to_json(merge));
        move_rows(merge);
        engine_->run("UPDATE customers SET merged_into = $1 WHERE id = $2", merge.kept.id, merge.dropped.id);
        engine_->run("DELETE FROM identities WHERE customer = $1", merge.dropped.id);
        put_customer(merge.merged);
        for (const auto& plan : plans) {
            if (plan.customer != merge.dropped.id) store_plan(plan);
        }
    });
}

void SqlStore::move_rows(const Merge& merge) {
    for (const std::string table : kMoved) {
        engine_->run("INSERT INTO merge_moves (merge, kind, item) SELECT merges.id, '" + table + "', moved.id FROM " +
                         table + " AS moved, merges WHERE moved.customer = $1 AND merges.id = $2",
                     merge.dropped.id, merge.id);
        engine_->run("UPDATE " + table + " SET customer = $1 WHERE customer = $2", merge.kept.id, merge.dropped.id);
    }
}

void SqlStore::move_rows_back(const Merge& merge) {
    for (const std::string table : kMoved) {
        engine_->run("UPDATE " + table + R"sql( SET customer = $1 WHERE customer = $2
            AND id IN (SELECT item FROM merge_moves WHERE merge = $3 AND kind = ')sql" +
                         table + "')",
                     merge.dropped.id, merge.kept.id, merge.id);
    }
}

void SqlStore::take_back_merge(const Merge& undone, const Customer& kept, const Customer& dropped,
                               const std::vector<PlanChange>& plans) {
    assert(undone.undone_at && kept.id == undone.kept.id && dropped.id == undone.dropped.id);
    transact([&] {
        if (engine_->run("UPDATE merges SET undone_at = $1 WHERE id = $2 AND undone_at IS NULL", undone.undone_at,
                         undone.id) == 0)
            throw StoreError("this merge is gone or was taken back already");
        if (!customer(kept.id))
            throw StoreError("customer " + kept.id + " was merged into somebody since: take that back first");
        move_rows_back(undone);
        engine_->run("UPDATE customers SET merged_into = '' WHERE id = $1", dropped.id);
        put_customer(kept);
        put_customer(dropped);
        for (const auto& plan : plans) store_plan(plan);
    });
}

}  // namespace rasid

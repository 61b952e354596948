#include "engagement/merge.hpp"

#include "engagement/customer_cells.hpp"
#include "engagement/proposals.hpp"
#include "engagement/touch_fold.hpp"

#include <algorithm>
#include <array>

namespace rasid {
namespace {

struct TextField {
    std::string_view name;
    std::string Customer::*member;
};
constexpr std::array<TextField, 11> kMergedTexts = {{{"name", &Customer::name},
                                                     {"name_latin", &Customer::name_latin},
                                                     {"language", &Customer::language},
                                                     {"address", &Customer::address},
                                                     {"tier", &Customer::tier},
                                                     {"brand", &Customer::brand},
                                                     {"plan", &Customer::plan},
                                                     {"preferred_channel", &Customer::preferred_channel},
                                                     {"known_as", &Customer::known_as},
                                                     {"referred_by", &Customer::referred_by},
                                                     {"owner", &Customer::owner}}};

template <typename List, typename Same>
void join(List& list, const List& more, Same same) {
    for (const auto& item : more) {
        if (std::ranges::none_of(list, [&](const auto& each) { return same(each, item); })) list.push_back(item);
    }
}

/// Contacts that are the same in comparable form.
std::string key_of(const std::string& text, bool email) {
    Customer one;
    (email ? one.emails : one.phones).push_back(text);
    return identifying_keys(one).front();
}

void join_lists(Customer& merged, const Customer& dropped) {
    const auto equal = [](const auto& left, const auto& right) { return left == right; };
    join(merged.emails, dropped.emails,
         [](const auto& left, const auto& right) { return key_of(left, true) == key_of(right, true); });
    join(merged.phones, dropped.phones,
         [](const auto& left, const auto& right) { return key_of(left, false) == key_of(right, false); });
    join(merged.identities, dropped.identities, [](const Identity& left, const Identity& right) {
        return left.platform == right.platform && fold_handle(left.handle) == fold_handle(right.handle);
    });
    // Two equal purchases are two purchases, unless both records tell of the same ones.
    for (const auto& purchase : dropped.purchases) {
        const auto here = std::ranges::count(merged.purchases, purchase);
        if (here < std::ranges::count(dropped.purchases, purchase)) merged.purchases.push_back(purchase);
    }
    std::ranges::stable_sort(merged.purchases, {},
                             [](const Purchase& each) { return std::chrono::sys_days(each.date); });
    join(merged.anniversaries, dropped.anniversaries, equal);
    join(merged.interests, dropped.interests, equal);
    join(merged.occasions, dropped.occasions, equal);
    join(merged.quiet, dropped.quiet, equal);
    join(merged.consents, dropped.consents, equal);
    join(merged.sources, dropped.sources,
         [](const FieldSource& left, const FieldSource& right) { return left.field == right.field; });
    if (!dropped.notes.empty() && merged.notes.find(dropped.notes) == std::string::npos)
        merged.notes += (merged.notes.empty() ? "" : "\n") + dropped.notes;
}

/// `now` where it differs from `then`, else `before`.
template <typename Value>
void keep_change(Value& before, const Value& then, const Value& now) {
    if (now != then) before = now;
}

}  // namespace

MergePreview preview_merge(const Customer& kept, const Customer& dropped, std::span<const std::string> from_dropped) {
    MergePreview preview{.merged = kept};
    auto& merged = preview.merged;
    const auto wanted = [&](std::string_view field) {
        return std::ranges::find(from_dropped, field) != from_dropped.end();
    };
    for (const auto& [name, member] : kMergedTexts) {
        const auto& theirs = dropped.*member;
        if (theirs.empty() || theirs == kept.*member) continue;
        const bool take = (kept.*member).empty() || wanted(name);
        preview.differences.push_back({std::string(name), kept.*member, theirs, take});
        if (take) merged.*member = theirs;
    }
    if (dropped.birthday && dropped.birthday != kept.birthday) {
        const bool take = !kept.birthday || wanted("birthday");
        preview.differences.push_back(
            {"birthday", kept.birthday ? to_string(*kept.birthday) : "", to_string(*dropped.birthday), take});
        if (take) merged.birthday = dropped.birthday;
    }
    for (const auto& difference : preview.differences) {
        if (!difference.taken_from_dropped) continue;
        const auto source = std::ranges::find(dropped.sources, difference.field, &FieldSource::field);
        if (source != dropped.sources.end()) confirm_field(merged, source->field, source->source, source->confirmed_at);
    }
    join_lists(merged, dropped);
    return preview;
}

Result<MergeChange> merge_customers(const Customer& kept, const PlanState& dropped,
                                    std::span<const LedgerEntry> ledger_of_dropped,
                                    std::span<const std::string> from_dropped, std::string_view actor, Random& random,
                                    Instant now) {
    if (kept.id == dropped.customer.id) return Failure{Failure::Kind::refused, "this is one record, not two"};
    MergeChange change;
    auto& merge = change.merge;
    merge = {.id = new_id(random, now),
             .at = now,
             .actor = std::string(actor),
             .kept = kept,
             .dropped = dropped.customer,
             .merged = preview_merge(kept, dropped.customer, from_dropped).merged};
    for (const auto& entry : ledger_of_dropped) merge.moved_ledger.push_back(entry.id);

    change.plan_of_dropped.customer = dropped.customer.id;
    TouchChanges touches(change.plan_of_dropped, now, actor);
    for (const auto& touch : dropped.touches) {
        if (!is_to_come(touch)) continue;
        if (touch.state == TouchState::held) touches.release(touch, dropped.guard);
        touches.skip(touch, "merged into " + kept.id);
        merge.skipped_touches.push_back(touch.id);
    }
    return change;
}

Result<MergeUndone> undo_merge(Merge merge, const Customer& kept_today, std::span<const PlannedTouch> dropped_touches,
                               std::string_view actor, Instant now) {
    if (merge.undone_at) return Failure{Failure::Kind::refused, "this merge was taken back already"};
    MergeUndone undone{.kept = merge.kept, .dropped = merge.dropped};
    auto& kept = undone.kept;
    for (const auto& field : kMergedTexts)
        keep_change(kept.*field.member, merge.merged.*field.member, kept_today.*field.member);
    keep_change(kept.birthday, merge.merged.birthday, kept_today.birthday);
    keep_change(kept.notes, merge.merged.notes, kept_today.notes);
    // Of a list that was changed since, what the dropped record had brought goes, and the rest stays.
    const auto without = [](const auto& today, const auto& before, const auto& merged) {
        auto list = today;
        std::erase_if(list, [&](const auto& item) {
            return std::ranges::find(merged, item) != merged.end() && std::ranges::find(before, item) == before.end();
        });
        return list;
    };
    const auto restore = [&](auto member) {
        if (kept_today.*member != merge.merged.*member)
            kept.*member = without(kept_today.*member, merge.kept.*member, merge.merged.*member);
    };
    restore(&Customer::emails);
    restore(&Customer::phones);
    restore(&Customer::purchases);
    restore(&Customer::identities);
    restore(&Customer::anniversaries);
    restore(&Customer::interests);
    restore(&Customer::consents);
    restore(&Customer::occasions);
    restore(&Customer::quiet);
    restore(&Customer::sources);

    undone.plan_of_dropped.customer = merge.dropped.id;
    TouchChanges touches(undone.plan_of_dropped, now, actor);
    for (const auto& touch : dropped_touches) {
        const bool ours = std::ranges::find(merge.skipped_touches, touch.id) != merge.skipped_touches.end();
        if (ours && touch.state == TouchState::skipped && touch.due_on >= utc_date(now)) touches.reopen(touch);
    }
    merge.undone_at = now;
    undone.merge = std::move(merge);
    return undone;
}

}  // namespace rasid

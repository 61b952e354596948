#pragma once

#include "core/failure.hpp"
#include "core/merge.hpp"
#include "core/random.hpp"
#include "core/touch.hpp"

#include <span>
#include <string>
#include <utility>
#include <vector>

namespace rasid {

/// What merging two records would give. The kept record wins where both say something; lists are joined.
struct MergePreview {
    struct Difference {
        std::string field = {};
        std::string kept = {};
        std::string dropped = {};
        bool taken_from_dropped = false;

        bool operator==(const Difference&) const = default;
    };
    Customer merged = {};
    std::vector<Difference> differences = {};  ///< fields of one value on which the two are not the same
};

/// `from_dropped` names the fields (name, name_latin, language, birthday, address, tier, brand, plan,
/// preferred_channel, known_as, referred_by, owner) for which the dropped record's value is wanted.
MergePreview preview_merge(const Customer& kept, const Customer& dropped,
                           std::span<const std::string> from_dropped = {});

/// The merge and what it does to the dropped record's plan: what was still to come is skipped, for one customer has one
/// plan. The ledger entries of `dropped` become those of `kept`. Fails with refused: the same record twice.
struct MergeChange {
    Merge merge = {};
    PlanChange plan_of_dropped = {};
};
Result<MergeChange> merge_customers(const Customer& kept, const PlanState& dropped,
                                    std::span<const LedgerEntry> ledger_of_dropped,
                                    std::span<const std::string> from_dropped, std::string_view actor, Random& random,
                                    Instant now);

/// Takes a merge back: the dropped record as it was, and the kept one as it was except for the fields that somebody
/// changed after the merge, which stay. Fails with refused where it was taken back already.
struct MergeUndone {
    Merge merge = {};
    Customer kept = {};
    Customer dropped = {};
    PlanChange plan_of_dropped = {};  ///< the touches that the merge had skipped and that are still to come
};
Result<MergeUndone> undo_merge(Merge merge, const Customer& kept_today, std::span<const PlannedTouch> dropped_touches,
                               std::string_view actor, Instant now);

}  // namespace rasid

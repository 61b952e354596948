#pragma once

#include "engagement/merge.hpp"
#include "storage/store.hpp"
#include "web/customer_desk.hpp"

#include <span>
#include <string>
#include <string_view>

namespace rasid {

/// Makes two records that this person sees one, with all that follows: ledger and cases go over, the dropped plan ends,
/// the guard follows the cases, the kept year is laid anew. Fails with not_found and refused. Inside one transaction.
Result<Merge> merge_records(Store& store, std::string_view kept, std::string_view dropped,
                            std::span<const std::string> from_dropped, const CustomerDesk& desk, Random& random);

/// Takes one back. Fails with not_found and refused.
Result<Merge> unmerge_records(Store& store, std::string_view merge, const CustomerDesk& desk);

}  // namespace rasid

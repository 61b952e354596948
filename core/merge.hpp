#pragma once

#include "core/customer.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rasid {

/// Two records made one; it carries all that it replaced, so that it can be taken back.
struct Merge {
    std::string id = {};
    Instant at = {};
    std::string actor = {};
    Customer kept = {};                             ///< as it was before
    Customer dropped = {};                          ///< as it was before; it exists no longer
    Customer merged = {};                           ///< as `kept` was left
    std::vector<std::string> moved_ledger = {};     ///< entries of `dropped` that became those of `kept`
    std::vector<std::string> skipped_touches = {};  ///< touches of `dropped` that were still to come
    std::optional<Instant> undone_at = {};

    bool operator==(const Merge&) const = default;
};

}  // namespace rasid

#pragma once

#include "core/random.hpp"
#include "storage/store.hpp"

#include <vector>

namespace rasid {

struct CustomerImport {
    int added = 0;
    int updated = 0;
    int removed = 0;
};

/// Puts parsed customers into the store: one that shares an e-mail, a phone or a handle with a known customer updates
/// him. With `replace`, customers that are not named are removed. Every new customer gets the rest of his year laid
/// out.
CustomerImport import_customers(Store& store, const std::vector<Customer>& customers, bool replace, Random& random,
                                Instant now);

/// Lays the plan of the current year (and in December of the next) for every customer who has none yet. Returns how
/// many.
int lay_missing_years(Store& store, Instant now);

}  // namespace rasid

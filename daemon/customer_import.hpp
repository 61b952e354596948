#pragma once

#include "core/random.hpp"
#include "core/setup_toml.hpp"
#include "engagement/customers_csv.hpp"
#include "storage/store.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

struct CustomerImport {
    int added = 0;
    int updated = 0;
    std::set<std::string> named = {};     ///< ids of all customers in the file
    std::vector<SetupError> errors = {};  ///< then nothing was imported
};

/// Puts a customers file into the store as the page's import does, but the whole of it or nothing, and on nobody's
/// behalf: a line of somebody known sets the columns that the file has, and the rest of every year is laid. Inside one
/// transaction.
CustomerImport import_customers(Store& store, std::string_view csv, std::string_view file_name,
                                const ColumnMapping& mapping, Random& random, Instant now);

/// Removes every customer but these. Returns how many.
int remove_other_customers(Store& store, const std::set<std::string>& named);

}  // namespace rasid

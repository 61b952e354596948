#pragma once

#include "engagement/customers_csv.hpp"

#include <string_view>
#include <vector>

namespace rasid {

/// The customers of a file in which nothing is wrong, else what is.
struct ReadCustomers {
    std::vector<Customer> customers = {};
    std::vector<SetupError> errors = {};
};

inline ReadCustomers read_customers(std::string_view text, std::string_view file_name = "customers.csv",
                                    const ColumnMapping& mapping = {}, Instant now = {}) {
    auto read = read_customer_rows(text, file_name, mapping, now);
    ReadCustomers found{.errors = std::move(read.errors)};
    for (auto& row : read.rows) {
        found.errors.insert(found.errors.end(), row.errors.begin(), row.errors.end());
        found.customers.push_back(std::move(row.customer));
    }
    if (!found.errors.empty()) found.customers.clear();
    return found;
}

}  // namespace rasid

#pragma once

#include "core/json.hpp"
#include "storage/reader.hpp"
#include "web/workspace.hpp"

#include <map>
#include <string>
#include <vector>

namespace rasid {

/// Everything about one customer that his page shows.
struct CustomerFile {
    Customer customer = {};
    int year = 0;
    std::vector<PlannedTouch> touches = {};  ///< of that year
    Guard guard = {};
    std::vector<LedgerEntry> ledger = {};              ///< newest first
    std::map<std::string, std::int64_t> numbers = {};  ///< of the tickets that the ledger names
};
CustomerFile file_of(Reader& reader, Customer customer, Instant now);

/// The record of `GET /api/v1/customers/{id}`.
void write_customer(JsonWriter& out, const CustomerFile& file, const Workspace& workspace, Instant now);
/// CUSTOMER_BRIEF of docs/api.md.
void write_customer_brief(JsonWriter& out, const Customer& customer, const std::vector<PlannedTouch>& touches,
                          const Guard& guard, Instant now);
/// One line of `GET /api/v1/customers`.
void write_customer_line(JsonWriter& out, const Customer& customer, const std::vector<PlannedTouch>& touches,
                         const Guard& guard, Instant now);

}  // namespace rasid

#pragma once

#include "core/json.hpp"
#include "engagement/column_mapping.hpp"
#include "engagement/import_preview.hpp"
#include "web/customer_desk.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace rasid {

/// A file of customers with what importing it would do.
struct ReadImport {
    std::vector<ColumnSuggestion> columns = {};  ///< for each header, before anybody chose
    CustomerRows rows = {};
    ImportPreview preview = {};
};

/// Reads a file by the columns that a person chose and, for headers that he left alone, those that are suggested. Names
/// and addresses of people in `owner` become their ids. Lines of, and about, customers that this person does not see
/// are refused, as are owners and plans that there are not. `known` are all customers.
ReadImport read_import(std::string_view csv, std::string_view file_name, const ColumnMapping& chosen,
                       std::span<const Customer> known, const CustomerDesk& desk);

/// The same of rows that were read by columns nobody had to suggest.
ReadImport preview_rows(CustomerRows rows, std::span<const Customer> known, const CustomerDesk& desk);

/// Stores the lines that add and update. Whoever is new gets his id, in `read` too.
void store_import(Store& store, ReadImport& read, std::span<const Customer> known, const CustomerDesk& desk,
                  Random& random);

/// The members of the answer in docs/api.md.
void write_import(JsonWriter& out, const ReadImport& read, const ColumnMapping& chosen, const CustomerDesk& desk);

}  // namespace rasid

#pragma once

#include "core/customer.hpp"
#include "core/setup_toml.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

struct ParsedCustomers {
    std::vector<Customer> customers = {};  ///< without ids
    std::vector<SetupError> errors = {};   ///< line and column of the cell
};

/// Reads customers in RFC 4180 CSV (UTF-8, with or without BOM; header
/// `name,name_latin,emails,phones,handles,language,birthday, address,tier,brand,purchases` in any order; `mapping`
/// renames other headers to these). Lists are separated by `;`, a handle is `platform:name`, a purchase `date=amount
/// CUR`. Unknown columns without a mapping are errors with a suggestion.
ParsedCustomers parse_customers_csv(std::string_view text, std::string_view file_name,
                                    const std::map<std::string, std::string>& mapping, Instant now);

/// Writes them back; parse → print → parse is equal. Cells that a spreadsheet would run as a formula get a leading
/// apostrophe.
std::string print_customers_csv(const std::vector<Customer>& customers);

/// Two records are the same person when they share an e-mail, a phone number or a handle.
bool same_person(const Customer& left, const Customer& right);

}  // namespace rasid

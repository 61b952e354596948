#pragma once

#include "core/customer.hpp"
#include "core/setup_toml.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// Columns of a customers file: `name, name_latin, emails, phones, handles, language, birthday, address, tier, brand,
/// purchases`, and those that are written only where somebody fills them: `anniversaries, interests, preferred_channel,
/// consents, occasions, quiet, known_as, referred_by, notes, owner, plan`. Lists are separated by `;`: a handle is
/// `platform:name`, a purchase `date=amount CUR`, an anniversary `name=date`, a consent `mail=yes`, a silence
/// `from/to=reason`.
const std::vector<std::string>& customer_columns();

/// Stands for a column of which nothing is read.
inline constexpr std::string_view kColumnLeftOut = "-";

/// Header in the file → column, or kColumnLeftOut.
using ColumnMapping = std::map<std::string, std::string>;

/// One line of a customers file.
struct CustomerRow {
    int line = 0;
    std::vector<std::string> cells = {};  ///< as they stand in the file
    Customer customer = {};               ///< without id; meaningful where there is no error
    std::vector<SetupError> errors = {};  ///< line and column of the cell
};

struct CustomerRows {
    std::vector<std::string> header = {};   ///< as it stands in the file
    std::vector<std::string> columns = {};  ///< what each is, or kColumnLeftOut
    std::vector<CustomerRow> rows = {};     ///< none where `errors` are
    std::vector<SetupError> errors = {};    ///< of the file or its header
};

/// Reads RFC 4180 CSV (UTF-8, with or without BOM), columns in any order. Unknown columns without a mapping are errors
/// with a suggestion; a line with an error spoils no other line; the same person in two lines is an error of the
/// second.
CustomerRows read_customer_rows(std::string_view text, std::string_view file_name, const ColumnMapping& mapping,
                                Instant now);

/// Writes them back; parse → print → parse is equal. Cells that a spreadsheet would run as a formula get a leading
/// apostrophe.
std::string print_customers_csv(const std::vector<Customer>& customers);

/// What a column holds for a customer, as a cell of a file.
std::string cell_of(const Customer& customer, std::string_view column);

/// Two records are the same person when they share an e-mail, a phone number or a handle.
bool same_person(const Customer& left, const Customer& right);

}  // namespace rasid

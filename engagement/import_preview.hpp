#pragma once

#include "engagement/customers_csv.hpp"

#include <span>
#include <string>
#include <vector>

namespace rasid {

enum class ImportAction { add, update, same, refuse };

struct FieldChange {
    std::string column = {};
    std::string before = {};
    std::string after = {};

    bool operator==(const FieldChange&) const = default;
};

/// What one line of a file would do.
struct ImportLine {
    int line = 0;
    ImportAction action = ImportAction::add;
    Customer customer = {};                 ///< as it would be kept; its id where it is known already, else none
    std::vector<FieldChange> changes = {};  ///< update
    std::vector<std::string> reasons = {};  ///< refuse
};

/// An import before it is done: nothing is kept until somebody has seen this. It may be done whole only, or, where that
/// is said, without the refused lines.
struct ImportPreview {
    std::vector<ImportLine> lines = {};
    int added = 0;
    int updated = 0;
    int unchanged = 0;
    int refused = 0;

    bool whole() const { return refused == 0; }
};

/// `known` are all customers. A line of somebody known sets the columns that the file has and leaves the rest; accounts
/// that a person linked stay. Every field that is set remembers the import as its source. A line that fits two known
/// customers, or somebody another line fits, is refused.
ImportPreview preview_import(const CustomerRows& rows, std::span<const Customer> known, Instant now);

/// The refused lines as they stood, behind `line` and `reason`; the file to mend and import again (with these two
/// columns left out).
std::string refused_lines_csv(const CustomerRows& rows, const ImportPreview& preview);

}  // namespace rasid

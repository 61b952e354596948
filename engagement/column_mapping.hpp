#pragma once

#include "engagement/customers_csv.hpp"

#include <string>
#include <vector>

namespace rasid {

struct ColumnSuggestion {
    std::string header = {};
    std::string column = {};  ///< kColumnLeftOut: nothing fits; a person chooses or leaves it out
    std::string why = {};     ///< "same name", "means the same", "looks alike"

    bool operator==(const ColumnSuggestion&) const = default;
};

/// What the columns of a file probably are, from their headers in Arabic or English. No column is suggested twice: the
/// surer header has it, among equals the first.
std::vector<ColumnSuggestion> suggest_mapping(const std::vector<std::string>& header);

/// The headers of a file, as far as they can be read; empty for one that is no CSV.
std::vector<std::string> header_of(std::string_view csv);

}  // namespace rasid

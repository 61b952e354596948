#pragma once

#include "core/customer.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// Names of the fields in which two records of one customer differ, in the order of the record; ids, accounts and
/// sources are no such fields.
std::vector<std::string> changed_fields(const Customer& before, const Customer& after);

/// Why the rest of the year must be laid anew after a change: "changed: birthday, occasions". Empty: nothing that
/// plans are laid by has changed.
std::string cause_of_laying_anew(const Customer& before, const Customer& after);

/// Gives every changed field its source.
void confirm_changes(const Customer& before, Customer& after, std::string_view source, Instant now);

}  // namespace rasid

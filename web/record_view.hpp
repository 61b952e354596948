#pragma once

#include "core/customer.hpp"
#include "core/json.hpp"
#include "web/workspace.hpp"

namespace rasid {

/// The members of a customer's record, inside an object that somebody else opens.
void write_record(JsonWriter& out, const Customer& customer, const Workspace& workspace);

}  // namespace rasid

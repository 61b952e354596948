#pragma once

#include "core/customer.hpp"
#include "core/failure.hpp"
#include "core/json.hpp"

namespace rasid {

/// Writes everything held in a customer's record as one object.
void write_customer_record(JsonWriter& out, const Customer& customer);
std::string customer_to_json(const Customer& customer);

/// Reads it back: the same customer. Fails with malformed when a member has the wrong type or holds no date or time
/// where one belongs; members that are missing are empty.
Result<Customer> customer_from_json(JsonView record);

}  // namespace rasid

#pragma once

#include "storage/reader.hpp"

#include <string>

namespace rasid {

/// The whole story of a customer: his plan touch by touch, cases, promises, surveys, every score with its inputs, the
/// trust line of the last twelve months, and the ledger.
std::string explain_customer(Reader& reader, const Customer& customer, Instant now);

}  // namespace rasid

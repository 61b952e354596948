#pragma once

#include "core/texts.hpp"
#include "storage/reader.hpp"

#include <string>

namespace rasid {

/// Everything held on one person, as one JSON object: record, plan, ledger, what he wrote with what it said before it
/// was edited, tickets with their history, cases, surveys, proposals, promises, merges, and mails to and about him.
/// Reasons are in the language of `texts`.
std::string everything_held_on(Reader& reader, const Customer& customer, const Texts& texts, Instant now);

}  // namespace rasid

#pragma once

#include "core/ticket.hpp"
#include "storage/reader.hpp"

#include <optional>
#include <string>

namespace rasid {

/// The whole story of a ticket (by id, or by number with or without #) or a customer (by id): every clock step with the
/// calendar used, every touch and ledger entry. nullopt when nothing has that id.
std::optional<std::string> explain_story(Reader& reader, std::string_view id, Instant now);

}  // namespace rasid

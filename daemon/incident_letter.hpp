#pragma once

#include "core/mention.hpp"
#include "core/ticket.hpp"
#include "storage/reader.hpp"

#include <string_view>

namespace rasid {

/// What a mail about an incident's own ticket shows where others show a mention: what rose, and some of what was
/// written. In that language, "ar" or "en".
Mention incident_in_words(Reader& reader, const Ticket& ticket, std::string_view language);

}  // namespace rasid

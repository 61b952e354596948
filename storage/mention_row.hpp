#pragma once

#include "storage/engine.hpp"
#include "storage/reader.hpp"

#include <string>

namespace rasid {

/// SELECT … FROM mentions, to be followed by WHERE; `mention_of` reads its rows.
const std::string& select_mention();
StoredMention mention_of(const Answer& answer);

}  // namespace rasid

#pragma once

#include "core/page_settings.hpp"
#include "web/json_members.hpp"

#include <optional>

namespace rasid {

/// Reads `theme`, `digits`, `calendar`, `single_keys` and `keys` where they are there; a response when one cannot be
/// used. `keys` replaces what was chosen before.
std::optional<Response> read_page_settings(JsonMembers& in, PageSettings& settings);

}  // namespace rasid

#pragma once

#include "web/router.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace rasid {

// The scopes of a token: `read`, `write` (and reads), `admin` (and writes), and the same for one area alone, as in
// `customers:read` or `setup:write`. An area is the word behind /api/v1/ in the address.

/// Of a pattern or path below /api/v1/; empty for any other.
std::string_view area_of(std::string_view pattern);
/// Those of the table, each once.
std::vector<std::string> token_areas();
bool is_token_scope(std::string_view word);

/// What belongs to the person alone: signing in and out, his own settings, tokens themselves. No token reaches it, so
/// that a stolen one cannot make itself last.
bool needs_session(const Route& route);
/// What changes how Rasid works, which `write` does not include.
bool administers(const Route& route);
bool scopes_allow(const std::vector<std::string>& scopes, const Route& route);

}  // namespace rasid

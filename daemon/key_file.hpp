#pragma once

#include "core/random.hpp"

#include <string>
#include <string_view>

namespace rasid {

/// 32 random bytes that outlive a restart: made of the unit's credential master.key (at least 32 bytes) or, without
/// one, kept in a file (mode 0600) beside the database and made at first use. Throws std::runtime_error when it can be
/// neither read nor made.
std::string key_beside(std::string_view storage_url, Random& random);

}  // namespace rasid

#pragma once

#include "core/instant.hpp"

#include <string_view>

namespace rasid {

/// The instant that an RFC 3339 text names; throws where it names none.
inline Instant at(std::string_view rfc3339) { return parse_rfc3339(rfc3339).value(); }

}  // namespace rasid

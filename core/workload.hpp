#pragma once

#include "core/instant.hpp"

#include <optional>
#include <string>

namespace rasid {

/// What the store knows of somebody to whom tickets may be given.
struct Workload {
    std::string person = {};
    bool present = false;                          ///< as he said last
    std::optional<Instant> said_at = {};           ///< absent: he never said
    std::optional<Instant> last_assigned_at = {};  ///< absent: he never got a ticket
    int open = 0;                                  ///< open tickets that he has

    bool operator==(const Workload&) const = default;
};

}  // namespace rasid

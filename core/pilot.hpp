#pragma once

#include "core/customer.hpp"

#include <optional>
#include <string>

namespace rasid {

/// A changed template that runs beside the old one for a share of a segment.
struct Pilot {
    std::string name = {};
    std::string segment = {};  ///< name of the segment whose customers take part
    std::string plan = {};     ///< the changed template
    double share = 0.5;        ///< of the customers of the segment, 0 … 1
    Date from = {};
    std::optional<Date> until = {};

    bool operator==(const Pilot&) const = default;
};

}  // namespace rasid

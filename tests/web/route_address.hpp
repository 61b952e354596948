#pragma once

#include "web/router.hpp"

#include <string>
#include <string_view>

namespace rasid {

/// An address of the route, each of its {parts} filled in with `part`.
inline std::string address_of(const Route& route, std::string_view part = "x") {
    std::string address(route.pattern);
    for (auto at = address.find('{'); at != std::string::npos; at = address.find('{', at))
        address.replace(at, address.find('}', at) + 1 - at, part);
    return address;
}

}  // namespace rasid

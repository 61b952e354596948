#pragma once

#include <string>

namespace rasid {

/// Where an item of a setup was written. Items that come from the store or the API have line 0.
struct Origin {
    std::string file = {};
    int line = 0;
    int column = 0;

    bool operator==(const Origin&) const { return true; }  ///< where a thing was written is no part of what it says
};

}  // namespace rasid

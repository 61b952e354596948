#pragma once

#include "core/instant.hpp"

#include <cstdint>
#include <string>

namespace rasid {

/// Who changes a setup, when and how.
struct SetupAuthor {
    std::string person = {};    ///< id; empty: whoever has the machine
    std::string way = {};       ///< page | command | calendar import | first admin
    std::int64_t restores = 0;  ///< number of the version that is brought back; 0: none
    Instant at = {};
};

/// One item of a setup as one change left it. Its numbers grow with time.
struct SetupVersion {
    std::int64_t number = 0;
    SetupAuthor author = {};
    std::string kind = {};    ///< as in the TOML: "rule"
    std::string name = {};    ///< empty for tables of which there is one
    std::string change = {};  ///< add | update | remove
    std::string before = {};  ///< TOML of this item alone; empty: it was not there
    std::string after = {};   ///< the same
};

}  // namespace rasid

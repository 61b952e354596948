#pragma once

#include "rules/query.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace rasid {

/// What would probably be meant: of `query` the words `replaces` became `with`. One of the two may be empty.
struct QueryFix {
    std::string replaces = {};
    std::string with = {};
    std::string query = {};  ///< the whole query after it

    bool operator==(const QueryFix&) const = default;
};

/// The likely fix of what is wrong with a query; nullopt where there is none that takes the error away. Further errors
/// may stand behind it.
std::optional<QueryFix> likely_fix(std::string_view query, const QueryError& error);

}  // namespace rasid

#pragma once

#include "core/search.hpp"
#include "web/request.hpp"

#include <optional>
#include <string>
#include <variant>

namespace rasid {

/// What `GET /api/v1/search` asks for.
struct AskedSearch {
    SearchQuery query = {};
    std::optional<std::int64_t> number = {};  ///< of a ticket, where nothing but it was typed
};

/// What is wrong with it as text, where it is malformed. Days are those of the time zone.
std::variant<AskedSearch, std::string> read_search(const Request& request, const std::string& time_zone);

}  // namespace rasid

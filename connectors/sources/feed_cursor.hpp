#pragma once

#include "connectors/source.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace rasid {

/// Where a feed stands: the validators of its last answer, verbatim, and what is known of its entries.
struct FeedCursor {
    struct Known {
        std::string id = {};       ///< short_hash of the entry's id
        std::string content = {};  ///< short_hash of what it said
    };
    std::string etag = {};
    std::string modified = {};
    std::vector<Known> known = {};
    std::chrono::seconds ttl{0};
    int moved = 0;  ///< polls in a row that a permanent redirect answered

    /// nullopt: the token is not one of ours.
    static std::optional<FeedCursor> read(const Cursor& cursor);
    Cursor write() const;
};

}  // namespace rasid

#pragma once

#include "connectors/source.hpp"

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>

namespace rasid {

/// How far the stream was read, and which posts of it were reported.
class JetstreamCursor {
public:
    std::int64_t time_us = 0;  ///< of the last message read; 0: none yet

    static std::optional<JetstreamCursor> read(const Cursor& cursor);
    Cursor write() const;

    bool reported(const std::string& uri) const;
    bool reported(const std::string& uri, const std::string& revision) const;
    /// Remembers the latest revision of a post; drops the oldest post beyond the bound.
    void remember(const std::string& uri, const std::string& revision);

private:
    std::deque<std::string> order_ = {};  ///< hashes of uris, oldest first
    std::unordered_map<std::string, std::string> revisions_ = {};
};

}  // namespace rasid

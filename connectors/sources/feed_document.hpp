#pragma once

#include "core/failure.hpp"
#include "core/instant.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// One entry of a feed, whatever its format; texts are plain.
struct FeedEntry {
    std::string id = {};  ///< as the feed gives it, or what stands in for it
    std::string title = {};
    std::string text = {};
    std::string url = {};
    std::string author = {};
    std::string language = {};
    std::string in_reply_to = {};  ///< id of the entry it answers
    std::optional<Instant> published = {};
    std::optional<Instant> updated = {};
    std::optional<double> stars = {};
    std::int64_t replies = 0;
    bool deleted = false;
};

struct FeedDocument {
    std::string title = {};
    std::string author = {};
    std::string language = {};
    std::optional<std::chrono::seconds> ttl = {};  ///< how long the publisher calls it fresh
    std::vector<FeedEntry> entries = {};           ///< in document order
    std::vector<std::string> warnings = {};
};

/// Reads RSS 0.9x, 1.0 and 2.0, Atom, and JSON Feed 1 and 1.1, told apart by what is in them, as far as they can be
/// read. Fails with malformed when it is none of these. `url` is what relative links are relative to.
Result<FeedDocument> parse_feed(std::string_view bytes, std::string_view content_type, std::string_view url);

/// The two halves of parse_feed; both take decoded text.
Result<FeedDocument> parse_xml_feed(std::string_view utf8, std::string_view url);
Result<FeedDocument> parse_json_feed(std::string_view utf8, std::string_view url);

/// Gives the entry the id of last resort, a hash of what it says, when it has neither id nor link; drops empty entries.
/// False: there is nothing in it.
bool settle_identity(FeedEntry& entry);

}  // namespace rasid

#pragma once

#include "core/failure.hpp"

#include <string>
#include <string_view>

namespace rasid {

/// One entry of `watch`.
struct MastodonWatch {
    enum class Kind { mentions, tag, open, search };
    Kind kind = Kind::mentions;
    std::string argument = {};  ///< the tag without #, or the words
    std::string name = {};      ///< as written; names its position in the cursor

    bool timeline() const { return kind == Kind::tag || kind == Kind::open; }
    /// Mastodon's largest page, which every server of the family takes.
    int page_size() const { return kind == Kind::mentions ? 80 : 40; }
};

/// Reads "mentions", "tag:NAME", "public" or "search:WORDS"; refused otherwise.
Result<MastodonWatch> parse_mastodon_watch(std::string_view text);

/// The request for the first page of a watch, without any bound.
std::string first_page_of(const MastodonWatch& watch);

}  // namespace rasid

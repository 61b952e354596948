#pragma once

#include "core/instant.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace rasid {

struct Author {
    std::string handle = {};  ///< as the platform writes it, without a leading @
    std::string name = {};
    std::string native_id = {};                  ///< the platform's id of the account; may be empty
    std::optional<std::int64_t> followers = {};  ///< absent: the platform does not say
    bool verified = false;

    bool operator==(const Author&) const = default;
};

/// Who may read a post. Replies never widen it.
enum class Visibility { open, unlisted, followers, direct };

/// Identity of a post across sources, duplicate pages and re-fetches.
struct MentionKey {
    std::string platform = {};
    std::string native_id =
        {};  ///< the origin's own id: `uri` on the fediverse, AT-URI on Bluesky, (feed, guid) on feeds

    auto operator<=>(const MentionKey&) const = default;
};

/// One post about us, as a source reports it. Text is stored as it came.
struct Mention {
    MentionKey key = {};
    std::string revision = {};  ///< changes when the post is edited; empty where the platform knows no edits
    std::string source = {};    ///< name of the configured source
    Author author = {};
    std::string title = {};     ///< of a feed entry or review; empty elsewhere
    std::string text = {};      ///< plain text, UTF-8
    std::string language = {};  ///< the platform's claim, BCP 47; empty when it makes none
    std::string url = {};
    std::string domain = {};
    std::string conversation = {};  ///< thread identity within the platform; empty when unknown
    std::string in_reply_to = {};   ///< native id of the post it answers; empty when none
    std::string reply_token = {};   ///< what the source's Publisher needs to answer; opaque to everybody else
    Visibility visibility = Visibility::open;
    Instant created_at = {};
    std::optional<Instant> edited_at = {};
    bool deleted = false;  ///< a tombstone: only key, source and times are meaningful
    bool own = false;      ///< written by one of our own accounts
    std::optional<double> stars = {};
    std::int64_t replies = 0;
    std::int64_t reshares = 0;
    std::int64_t likes = 0;

    bool operator==(const Mention&) const = default;
};

}  // namespace rasid

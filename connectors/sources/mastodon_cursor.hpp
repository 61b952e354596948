#pragma once

#include "connectors/source.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

namespace rasid {

/// Where a Mastodon source stands: one position a watch, and what is known of the posts seen.
struct MastodonCursor {
    /// A walk from the newest item back to `bound` that is not finished; the next poll goes on at `max_id`.
    struct Walk {
        std::string max_id = {};
        std::string newest = {};  ///< id to remember when the walk has arrived
        Instant newest_at = {};
        Instant bound = {};  ///< timelines: items older than this end the walk
        bool daily = false;
        bool thorough = false;  ///< timelines: go on to the bound even over known items
        bool met_known = false;
    };
    struct Watch {
        std::string last = {};    ///< newest id of the last finished walk
        Instant newest_at = {};   ///< time of the newest item of the last finished walk
        Instant overlap_at = {};  ///< when the overlap was last walked to its end
        Instant daily_at = {};    ///< when a whole day was last walked
        bool begun = false;
        std::optional<Walk> walk = {};
    };
    /// A post that may still be edited, deleted or answered.
    struct Post {
        std::string id = {};  ///< the server's own
        std::string uri = {};
        std::string revision = {};
        std::string conversation = {};
        Instant created_at = {};
    };

    std::map<std::string, Watch> watches = {};
    std::size_t turn = 0;                ///< the watch to go on with
    std::vector<std::string> seen = {};  ///< hashes of uri and revision, oldest first
    std::vector<Post> posts = {};        ///< oldest first
    Instant checked_at = {};             ///< when posts were last re-checked
    std::size_t check_from = 0;          ///< and how many of the newest were, counted from the newest
    bool one_by_one = false;             ///< the server has no batch of statuses

    static std::optional<MastodonCursor> read(const Cursor& cursor);
    Cursor write() const;

    bool was_seen(const std::string& hash) const { return index_.contains(hash); }
    void remember_seen(std::string hash);
    /// Adds the post or takes over its revision; drops the oldest beyond the bound.
    void remember_post(Post post);
    void forget_post(const std::string& id);
    const Post* post_with_id(const std::string& id) const;
    const Post* post_with_uri(const std::string& uri) const;

private:
    std::unordered_set<std::string> index_ = {};
};

}  // namespace rasid

#pragma once

#include "connectors/sources/mastodon_cursor.hpp"
#include "core/json.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rasid {

/// How the statuses of one server are read.
struct MastodonReading {
    std::string host = {};  ///< of the server; completes the handles of its own users
    std::string platform = {};
    std::string source = {};
    std::vector<std::string> own_accounts = {};
};

struct MastodonStatus {
    std::string id = {};  ///< the server's own; differs between servers
    Mention mention = {};
};

/// A Status object of the Mastodon API, as Mastodon, GoToSocial, Pleroma and snac2 write it. What it answers is looked
/// up among the posts of `known`. nullopt: no id, uri or time, so it is no status.
std::optional<MastodonStatus> read_status(JsonView status, const MastodonReading& reading, const MastodonCursor& known);

/// The server's word for who may see a post; one that we do not know is treated as the closest circle.
Visibility visibility_of(std::string_view word);

/// What tells one revision of one post from all others.
std::string revision_hash(const Mention& mention);

/// Whether everybody may see the post; others belong in no shared view.
inline bool is_public(const Mention& mention) {
    return mention.visibility == Visibility::open || mention.visibility == Visibility::unlisted;
}

}  // namespace rasid

#pragma once

#include "core/json.hpp"
#include "core/mention.hpp"

#include <string>
#include <vector>

namespace rasid {

/// How the posts of X are read for one source.
struct XReading {
    std::string platform = "x";
    std::string source = {};
    std::vector<std::string> own_accounts = {};  ///< user names of ours
};

struct XPage {
    std::vector<Mention> mentions = {};  ///< oldest first
    std::string newest_id = {};          ///< where the next search goes on once every page is read
    std::string next_token = {};         ///< of the next, older page; empty: this was the last
};

/// A page of recent search or of a user's mentions, in either vocabulary of X API v2 (`tweet`, `post`). An edited post
/// keeps the id of its first version. What has no id or time is left out.
XPage read_x_page(JsonView page, const XReading& reading);

}  // namespace rasid

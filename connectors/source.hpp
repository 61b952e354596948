#pragma once

#include "core/clock.hpp"
#include "core/failure.hpp"
#include "core/files.hpp"
#include "core/http.hpp"
#include "core/mention.hpp"
#include "core/random.hpp"
#include "core/task.hpp"
#include "core/websocket.hpp"

#include <memory>
#include <string>
#include <vector>

namespace rasid {

/// Where a source stands; opaque to everybody but the source that made it. Empty: the first poll.
struct Cursor {
    std::string token = {};
    bool operator==(const Cursor&) const = default;
};

struct Page {
    std::vector<Mention> mentions = {};      ///< oldest first
    Cursor next = {};                        ///< stored together with `mentions`, never before
    bool more = false;                       ///< poll again at once: this page did not reach the newest
    std::vector<std::string> warnings = {};  ///< what a person should know: entries that were skipped, a possible gap
    std::optional<std::chrono::seconds> not_before = {};  ///< the platform asks not to poll again sooner
    std::optional<std::string> moved_to = {};             ///< the place moved for good; shown, never followed silently
};

using PollResult = Result<Page>;

/// Mention::revision of a post that its platform deleted.
inline constexpr std::string_view kDeletedRevision = "deleted";

/// One place on the web that is watched.
///
/// A source keeps no position of its own: polling twice with one cursor must be harmless, because a crash between fetch
/// and store repeats the poll. It never sleeps, retries, logs or stores: the poller does that for all of them. One poll
/// at a time.
class Source {
public:
    virtual ~Source() = default;
    virtual Task<PollResult> poll(Cursor after) = 0;
};

enum class PublishAction { reply, reshare, like, hide };
std::string_view to_string(PublishAction action);
std::optional<PublishAction> parse_publish_action(std::string_view word);

struct PublishRequest {
    PublishAction action = PublishAction::reply;
    std::string token = {};     ///< Mention::reply_token of the mention that is answered
    std::string text = {};      ///< of a reply
    std::string language = {};  ///< BCP 47; may be empty
    std::optional<Visibility> visibility =
        {};                            ///< who may read it; never wider than what is answered. Absent: the same
    std::string idempotency_key = {};  ///< the same for every attempt at the same action
};

struct Published {
    std::string native_id = {};  ///< of what was published; empty for like and hide
    std::string url = {};
};

/// Answers where a source hears. Fails with unknown_outcome when the platform may or may not have taken the action.
class Publisher {
public:
    virtual ~Publisher() = default;
    virtual Task<Result<Published>> publish(PublishRequest request) = 0;
    /// Whether repeating a request after an unknown outcome is harmless on this platform.
    virtual bool repeatable() const = 0;
};

/// Everything a source may touch of the outside world.
struct SourceEnv {
    HttpClient& http;
    WebSockets& sockets;
    Clock& clock;
    Random& random;
    Files& files;
};

}  // namespace rasid

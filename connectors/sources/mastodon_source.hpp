#pragma once

#include "connectors/sources/mastodon_api.hpp"
#include "connectors/sources/mastodon_status.hpp"
#include "connectors/sources/mastodon_watch.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rasid {

struct MastodonSettings {
    std::vector<MastodonWatch> watches = {};
    Duration overlap = std::chrono::minutes(45);
    bool include_private = false;
    MastodonReading reading = {};
};

/// Watches one server of the Mastodon family without trusting the order of its ids.
///
/// Notifications are numbered in order of arrival and are followed by id. Timelines are not: a post that federates late
/// gets an id below those already read, so every walk goes back `overlap` behind the newest post, and once a day a
/// whole day.
class MastodonSource final : public Source {
public:
    MastodonSource(MastodonApi api, MastodonSettings settings, Clock& clock)
        : api_(std::move(api)), settings_(std::move(settings)), clock_(clock) {}

    Task<PollResult> poll(Cursor after) override;

private:
    struct Item {
        std::string id;
        JsonView status;
    };
    /// What one poll gathers.
    struct Round {
        MastodonCursor cursor = {};
        Page page = {};
        int fetches = 0;  ///< still allowed
        std::optional<std::chrono::seconds> wait = {};

        bool spent() const { return fetches == 0 || wait; }
    };
    enum class Walked { finished, unfinished };
    struct Taken {
        bool known = false;
        Instant created_at = {};
    };

    Task<Result<MastodonAnswer>> fetch(std::string path_and_query, Round& round) const;
    Task<Result<Walked>> walk(const MastodonWatch& watch, Round& round) const;
    Task<Result<Walked>> search(const MastodonWatch& watch, Round& round) const;
    Task<void> recheck(Round& round) const;
    Task<void> recheck_each(std::vector<MastodonCursor::Post> posts, bool server_is_sound, Round& round) const;

    MastodonCursor::Walk begin_walk(const MastodonWatch& watch, const MastodonCursor::Watch& state) const;
    std::vector<Item> items_of(const MastodonWatch& watch, JsonView root) const;
    std::optional<Taken> take(JsonView status, Round& round) const;
    void bury(const MastodonCursor::Post& post, Round& round) const;

    MastodonApi api_;
    MastodonSettings settings_;
    Clock& clock_;
};

}  // namespace rasid

#include "connectors/sources/mastodon_source.hpp"

#include <algorithm>
#include <set>

namespace rasid {
namespace {

constexpr Duration kEvery = std::chrono::minutes(10);
constexpr Duration kWatchedFor = std::chrono::hours(24);
constexpr std::size_t kBatch = 20;
constexpr std::size_t kSingly = 5;

}  // namespace

/// Deletes and edits of posts that no walk meets again: the known posts of the last day are asked for in turn.
Task<void> MastodonSource::recheck(Round& round) const {
    auto& cursor = round.cursor;
    const auto now = clock_.now();
    if (cursor.checked_at == Instant{}) cursor.checked_at = now;
    if (now - cursor.checked_at < kEvery || round.spent()) co_return;

    std::vector<MastodonCursor::Post> recent;
    for (auto post = cursor.posts.rbegin(); post != cursor.posts.rend(); ++post)
        if (now - post->created_at <= kWatchedFor) recent.push_back(*post);
    if (cursor.check_from >= recent.size()) cursor.check_from = 0;
    const auto batch = cursor.one_by_one ? kSingly : kBatch;
    const auto first = recent.begin() + static_cast<std::ptrdiff_t>(cursor.check_from);
    const auto count = std::min(batch, static_cast<std::size_t>(recent.end() - first));
    std::vector<MastodonCursor::Post> due(first, first + static_cast<std::ptrdiff_t>(count));
    cursor.checked_at = now;
    cursor.check_from += count;
    if (due.empty()) co_return;
    if (cursor.one_by_one) {
        co_await recheck_each(std::move(due), false, round);
        co_return;
    }

    std::string query = "/api/v1/statuses?";
    for (const auto& post : due) query += (query.ends_with('?') ? "id%5B%5D=" : "&id%5B%5D=") + url_encode(post.id);
    auto answer = co_await fetch(std::move(query), round);
    if (!answer || !answer->json.root().is_array()) {
        // Mastodon knows the batch since 4.3; the others ask one by one. Other trouble is met by the next walk.
        const bool unknown_call =
            answer || answer.error().kind == Failure::Kind::not_found || answer.error().kind == Failure::Kind::refused;
        if (unknown_call) {
            cursor.one_by_one = true;
            cursor.check_from -= count;
            cursor.checked_at = now - kEvery;
        }
        co_return;
    }
    std::set<std::string> there;
    for (auto status : answer->json.root().items()) {
        there.insert(status["id"].text_or(""));
        take(status, round);
    }
    std::erase_if(due, [&there](const MastodonCursor::Post& post) { return there.contains(post.id); });
    co_await recheck_each(std::move(due), true, round);
}

/// `server_is_sound`: the server has just answered for other posts, so a missing one is believed.
Task<void> MastodonSource::recheck_each(std::vector<MastodonCursor::Post> posts, bool server_is_sound,
                                        Round& round) const {
    constexpr std::size_t kSuspicious = 3;
    std::vector<MastodonCursor::Post> missing;
    std::size_t checked = 0;
    for (const auto& post : posts) {
        if (round.spent()) break;
        auto answer = co_await fetch("/api/v1/statuses/" + url_encode(post.id), round);
        if (answer)
            take(answer->json.root(), round);
        else if (answer.error().kind == Failure::Kind::not_found)
            missing.push_back(post);
        else
            break;
        ++checked;
    }
    if (!server_is_sound && checked >= kSuspicious && missing.size() == checked) {
        round.page.warnings.push_back("the server denies every post that was asked for; none is taken for deleted");
        co_return;
    }
    for (const auto& post : missing) bury(post, round);
}

void MastodonSource::bury(const MastodonCursor::Post& post, Round& round) const {
    Mention mention;
    mention.key = {settings_.reading.platform, post.uri};
    mention.source = settings_.reading.source;
    mention.created_at = post.created_at;
    mention.revision = kDeletedRevision;
    mention.deleted = true;
    round.cursor.remember_seen(revision_hash(mention));
    round.cursor.forget_post(post.id);
    round.page.mentions.push_back(std::move(mention));
}

}  // namespace rasid

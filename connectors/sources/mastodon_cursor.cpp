#include "connectors/sources/mastodon_cursor.hpp"

#include "core/json.hpp"

#include <algorithm>

namespace rasid {
namespace {

constexpr std::size_t kSeen = 2000;
constexpr std::size_t kPosts = 200;

Instant moment(JsonView view) { return from_micros(view.integer().value_or(0)); }

MastodonCursor::Watch read_watch(JsonView view) {
    MastodonCursor::Watch watch{.last = view["last"].text_or(""),
                                .newest_at = moment(view["newest_at"]),
                                .overlap_at = moment(view["overlap_at"]),
                                .daily_at = moment(view["daily_at"]),
                                .begun = view["begun"].boolean().value_or(false)};
    if (auto walk = view["walk"]; walk.is_object()) {
        watch.walk = MastodonCursor::Walk{.max_id = walk["max_id"].text_or(""),
                                          .newest = walk["newest"].text_or(""),
                                          .newest_at = moment(walk["newest_at"]),
                                          .bound = moment(walk["bound"]),
                                          .daily = walk["daily"].boolean().value_or(false),
                                          .thorough = walk["thorough"].boolean().value_or(false),
                                          .met_known = walk["met_known"].boolean().value_or(false)};
    }
    return watch;
}

void write_watch(JsonWriter& json, const MastodonCursor::Watch& watch) {
    auto at = [&json](std::string_view name, Instant moment) {
        json.member(name, static_cast<std::int64_t>(to_micros(moment)));
    };
    json.object([&] {
        json.member("last", watch.last);
        at("newest_at", watch.newest_at);
        at("overlap_at", watch.overlap_at);
        at("daily_at", watch.daily_at);
        json.member("begun", watch.begun);
        if (!watch.walk) return;
        json.key("walk");
        json.object([&] {
            json.member("max_id", watch.walk->max_id);
            json.member("newest", watch.walk->newest);
            at("newest_at", watch.walk->newest_at);
            at("bound", watch.walk->bound);
            json.member("daily", watch.walk->daily);
            json.member("thorough", watch.walk->thorough);
            json.member("met_known", watch.walk->met_known);
        });
    });
}

}  // namespace

std::optional<MastodonCursor> MastodonCursor::read(const Cursor& cursor) {
    MastodonCursor out;
    if (cursor.token.empty()) return out;
    auto json = parse_json(cursor.token);
    if (!json || !json->root()["watches"].is_object()) return std::nullopt;
    auto root = json->root();
    for (auto [name, view] : root["watches"].members()) out.watches.emplace(std::string(name), read_watch(view));
    out.turn = static_cast<std::size_t>(root["turn"].count_or_zero());
    for (auto hash : root["seen"].items()) out.remember_seen(hash.text_or(""));
    for (auto post : root["posts"].items())
        out.posts.push_back({post.at(0).text_or(""), post.at(1).text_or(""), post.at(2).text_or(""),
                             post.at(3).text_or(""), moment(post.at(4))});
    out.checked_at = moment(root["checked_at"]);
    out.check_from = static_cast<std::size_t>(root["check_from"].count_or_zero());
    out.one_by_one = root["one_by_one"].boolean().value_or(false);
    return out;
}

Cursor MastodonCursor::write() const {
    JsonWriter json;
    json.object([&] {
        json.key("watches");
        json.object([&] {
            for (const auto& [name, watch] : watches) {
                json.key(name);
                write_watch(json, watch);
            }
        });
        json.member("turn", turn);
        json.strings("seen", seen);
        json.key("posts");
        json.array([&] {
            for (const auto& post : posts) {
                json.array([&] {
                    json.value(post.id);
                    json.value(post.uri);
                    json.value(post.revision);
                    json.value(post.conversation);
                    json.value(static_cast<std::int64_t>(to_micros(post.created_at)));
                });
            }
        });
        json.member("checked_at", static_cast<std::int64_t>(to_micros(checked_at)));
        json.member("check_from", check_from);
        json.member("one_by_one", one_by_one);
    });
    return Cursor{std::move(json).take()};
}

void MastodonCursor::remember_seen(std::string hash) {
    if (!index_.insert(hash).second) return;
    seen.push_back(std::move(hash));
    // Dropped in blocks: taking one from the front of a full list would move all others every time.
    if (seen.size() <= kSeen + kSeen / 8) return;
    const auto surplus = static_cast<std::ptrdiff_t>(seen.size() - kSeen);
    for (auto old = seen.begin(); old != seen.begin() + surplus; ++old) index_.erase(*old);
    seen.erase(seen.begin(), seen.begin() + surplus);
}

void MastodonCursor::remember_post(Post post) {
    // By uri: on snac2 an edited post has another id.
    std::erase_if(posts, [&post](const Post& known) { return known.uri == post.uri; });
    auto place = std::upper_bound(posts.begin(), posts.end(), post,
                                  [](const Post& a, const Post& b) { return a.created_at < b.created_at; });
    posts.insert(place, std::move(post));
    if (posts.size() > kPosts) posts.erase(posts.begin());
}

void MastodonCursor::forget_post(const std::string& id) {
    std::erase_if(posts, [&id](const Post& known) { return known.id == id; });
}

const MastodonCursor::Post* MastodonCursor::post_with_id(const std::string& id) const {
    auto found = std::find_if(posts.begin(), posts.end(), [&id](const Post& post) { return post.id == id; });
    return found == posts.end() ? nullptr : &*found;
}

const MastodonCursor::Post* MastodonCursor::post_with_uri(const std::string& uri) const {
    auto found = std::find_if(posts.begin(), posts.end(), [&uri](const Post& post) { return post.uri == uri; });
    return found == posts.end() ? nullptr : &*found;
}

}  // namespace rasid

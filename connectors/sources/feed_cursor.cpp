#include "connectors/sources/feed_cursor.hpp"

#include "core/json.hpp"

#include <algorithm>

namespace rasid {

std::optional<FeedCursor> FeedCursor::read(const Cursor& cursor) {
    FeedCursor out;
    if (cursor.token.empty()) return out;
    auto json = parse_json(cursor.token);
    if (!json || !json->root()["known"].is_array()) return std::nullopt;
    auto root = json->root();
    out.etag = root["etag"].text_or("");
    out.modified = root["modified"].text_or("");
    out.ttl = std::chrono::seconds(std::clamp<std::int64_t>(root["ttl"].integer().value_or(0), 0, 86400));
    out.moved = static_cast<int>(std::clamp<std::int64_t>(root["moved"].integer().value_or(0), 0, 1000));
    for (auto item : root["known"].items()) {
        auto pair = item.text_or("");
        auto colon = pair.find(':');
        if (colon == std::string::npos) continue;
        out.known.push_back({pair.substr(0, colon), pair.substr(colon + 1)});
    }
    return out;
}

Cursor FeedCursor::write() const {
    JsonWriter json;
    json.object([&] {
        if (!etag.empty()) json.member("etag", etag);
        if (!modified.empty()) json.member("modified", modified);
        if (ttl.count() > 0) json.member("ttl", static_cast<std::int64_t>(ttl.count()));
        if (moved > 0) json.member("moved", moved);
        json.key("known");
        json.array([&] {
            for (const auto& entry : known) json.value(entry.id + ":" + entry.content);
        });
    });
    return Cursor{std::move(json).take()};
}

}  // namespace rasid

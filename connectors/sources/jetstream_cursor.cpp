#include "connectors/sources/jetstream_cursor.hpp"

#include "connectors/plain_text.hpp"
#include "core/json.hpp"

namespace rasid {
namespace {

constexpr std::size_t kRememberedPosts = 1000;
constexpr std::size_t kHash = 12;  ///< digits: one in 10^11 posts is taken for another

std::string mark(const std::string& text) { return short_hash({text}).substr(0, kHash); }

}  // namespace

std::optional<JetstreamCursor> JetstreamCursor::read(const Cursor& cursor) {
    JetstreamCursor out;
    if (cursor.token.empty()) return out;
    auto json = parse_json(cursor.token);
    if (!json || !json->root()["time_us"].integer()) return std::nullopt;
    out.time_us = *json->root()["time_us"].integer();
    for (auto item : json->root()["posts"].items()) {
        auto both = item.text_or("");
        if (both.size() != 2 * kHash) continue;
        auto uri = both.substr(0, kHash);
        if (out.revisions_.insert_or_assign(uri, both.substr(kHash)).second) out.order_.push_back(std::move(uri));
    }
    return out;
}

Cursor JetstreamCursor::write() const {
    JsonWriter json;
    json.object([&] {
        json.member("time_us", time_us);
        json.key("posts");
        json.array([&] {
            for (const auto& uri : order_) json.value(uri + revisions_.at(uri));
        });
    });
    return Cursor{std::move(json).take()};
}

bool JetstreamCursor::reported(const std::string& uri) const { return revisions_.contains(mark(uri)); }

bool JetstreamCursor::reported(const std::string& uri, const std::string& revision) const {
    auto found = revisions_.find(mark(uri));
    return found != revisions_.end() && found->second == mark(revision);
}

void JetstreamCursor::remember(const std::string& uri, const std::string& revision) {
    auto key = mark(uri);
    if (revisions_.insert_or_assign(key, mark(revision)).second) order_.push_back(std::move(key));
    if (order_.size() <= kRememberedPosts) return;
    revisions_.erase(order_.front());
    order_.pop_front();
}

}  // namespace rasid

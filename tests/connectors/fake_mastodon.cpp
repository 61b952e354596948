#include "tests/connectors/fake_mastodon.hpp"

#include "core/json.hpp"

#include <boost/url/parse.hpp>

#include <algorithm>

namespace rasid {
namespace {

HttpResponse said(std::string body, int status = 200) { return {.status = status, .body = std::move(body)}; }

std::string list(const std::vector<std::string>& items) {
    std::string out = "[";
    for (const auto& item : items) out += (out.size() > 1 ? "," : "") + item;
    return out + "]";
}

bool id_less(const std::string& a, const std::string& b) { return a.size() != b.size() ? a.size() < b.size() : a < b; }

std::string first(const std::multimap<std::string, std::string>& query, const std::string& name) {
    auto found = query.find(name);
    return found == query.end() ? std::string() : found->second;
}

}  // namespace

FakeMastodon::Post& FakeMastodon::add(const std::string& name, std::string content, std::optional<Instant> claimed) {
    const auto at = claimed.value_or(clock_.now());
    const auto milliseconds = to_micros(at) / 1000;
    posts_.push_back({.id = std::to_string((milliseconds << 16) + ++serial_),
                      .uri = "https://far.example/users/amal/statuses/" + name,
                      .content = std::move(content),
                      .created_at = at});
    return posts_.back();
}

FakeMastodon::Post* FakeMastodon::find(const std::string& id) {
    auto found = std::find_if(posts_.begin(), posts_.end(), [&id](const Post& post) { return post.id == id; });
    return found == posts_.end() ? nullptr : &*found;
}

FakeMastodon::Post* FakeMastodon::named(const std::string& name) {
    auto found = std::find_if(posts_.begin(), posts_.end(),
                              [&name](const Post& post) { return post.uri.ends_with("/" + name); });
    return found == posts_.end() ? nullptr : &*found;
}

void FakeMastodon::remove(const std::string& name) {
    std::erase_if(posts_, [&name](const Post& post) { return post.uri.ends_with("/" + name); });
}

Result<HttpResponse> FakeMastodon::answer(const HttpRequest& request) {
    const auto url = boost::urls::parse_uri_reference(request.url);
    if (!url) return said(R"({"error":"bad request"})", 400);
    Query query;
    for (auto parameter : url->params()) query.emplace(parameter.key, parameter.value);
    const std::string path(url->path());
    auto response = [&]() -> HttpResponse {
        if (path == "/api/v1/notifications") return notifications(query);
        if (path == "/api/v1/timelines/public" || path.starts_with("/api/v1/timelines/tag/")) return timeline(query);
        if (path == "/api/v2/search") return search(query);
        if (path == "/api/v1/statuses" && quirks.batch) return batch(query);
        if (path.starts_with("/api/v1/statuses/")) {
            auto* post = find(path.substr(std::string("/api/v1/statuses/").size()));
            return post ? said(status(*post)) : said(R"({"error":"Record not found"})", 404);
        }
        return said(R"({"error":"not found"})", 404);
    }();
    response.headers = headers;
    return response;
}

std::size_t FakeMastodon::page_size(const Query& query, std::size_t normal) const {
    const auto asked = first(query, "limit");
    const auto size = asked.empty() ? normal : static_cast<std::size_t>(std::stoi(asked));
    return std::min(size, quirks.page.value_or(size));
}

HttpResponse FakeMastodon::notifications(const Query& query) const {
    const auto since = first(query, "since_id");
    const auto before = first(query, "max_id");
    const auto size = page_size(query, 1);
    std::vector<std::string> items;
    for (auto index = posts_.size(); index-- > 0 && items.size() < size;) {
        if (!posts_[index].mentions_us) continue;
        const auto id = std::to_string(1000 + index);
        if (!before.empty() && !id_less(id, before)) continue;
        if (quirks.since_id && !since.empty() && !id_less(since, id)) break;
        items.push_back(notification(index));
    }
    return said(list(items));
}

HttpResponse FakeMastodon::timeline(const Query& query) const {
    auto sorted = posts_;
    std::sort(sorted.begin(), sorted.end(), [](const Post& a, const Post& b) { return id_less(b.id, a.id); });
    const auto before = first(query, "max_id");
    const auto since = first(query, "since_id");
    if (quirks.max_id_exact && !before.empty() &&
        std::none_of(sorted.begin(), sorted.end(), [&before](const Post& post) { return post.id == before; }))
        return said("[]");
    std::vector<std::string> items;
    for (const auto& post : sorted) {
        if (items.size() == page_size(query, 20)) break;
        if (post.visibility != "public") continue;
        if (!before.empty() && !id_less(post.id, before)) continue;
        if (!since.empty() && !id_less(since, post.id)) break;
        items.push_back(status(post));
    }
    return said(list(items));
}

HttpResponse FakeMastodon::search(const Query& query) const {
    const auto words = first(query, "q");
    std::size_t skip = first(query, "offset").empty() ? 0 : static_cast<std::size_t>(std::stoi(first(query, "offset")));
    std::vector<std::string> items;
    for (auto post = posts_.rbegin(); post != posts_.rend() && items.size() < page_size(query, 20); ++post) {
        if (post->content.find(words) == std::string::npos) continue;
        if (skip > 0)
            --skip;
        else
            items.push_back(status(*post));
    }
    return said(R"({"accounts":[],"hashtags":[],"statuses":)" + list(items) + "}");
}

HttpResponse FakeMastodon::batch(const Query& query) const {
    std::vector<std::string> items;
    const auto [begin, end] = query.equal_range("id[]");
    for (auto id = begin; id != end; ++id)
        for (const auto& post : posts_)
            if (post.id == id->second) items.push_back(status(post));
    return said(list(items));
}

std::string FakeMastodon::notification(std::size_t index) const {
    return R"({"id":")" + std::to_string(1000 + index) + R"(","type":"mention","status":)" + status(posts_[index]) +
           "}";
}

std::string FakeMastodon::status(const Post& post) const {
    JsonWriter json;
    json.object([&] {
        json.member("id", post.id);
        json.member("uri", post.uri);
        json.member("url", "https://far.example/@amal/" + post.id);
        json.member("content", post.content);
        json.member("spoiler_text", post.spoiler);
        json.member("language", "ar");
        json.member("visibility", post.visibility);
        json.member("created_at", to_rfc3339(post.created_at));
        json.key("edited_at");
        if (post.edited_at)
            json.value(to_rfc3339(*post.edited_at));
        else
            json.null();
        json.key("in_reply_to_id");
        if (post.in_reply_to_id.empty())
            json.null();
        else
            json.value(post.in_reply_to_id);
        json.member("replies_count", 1);
        json.member("reblogs_count", 2);
        json.member("favourites_count", 3);
        json.key("account");
        json.object([&] {
            json.member("id", "77");
            json.member("acct", post.acct);
            json.member("display_name", "Amal");
            json.member("url", "https://far.example/@amal");
            json.member("followers_count", 42);
        });
        if (quirks.pleroma) {
            json.key("pleroma");
            json.object([&] { json.member("conversation_id", 4711); });
        }
    });
    return std::move(json).take();
}

}  // namespace rasid

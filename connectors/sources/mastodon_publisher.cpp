#include "connectors/sources/mastodon_publisher.hpp"

#include "connectors/plain_text.hpp"
#include "connectors/sources/mastodon_status.hpp"
#include "core/reply_form.hpp"
#include "core/text/lower_ascii.hpp"

#include <cctype>

namespace rasid {
namespace {

/// Mastodon's word.
std::string word_of(Visibility visibility) {
    switch (visibility) {
    case Visibility::open:
        return "public";
    case Visibility::unlisted:
        return "unlisted";
    case Visibility::followers:
        return "private";
    case Visibility::direct:
        return "direct";
    }
    return "direct";
}

/// Whether `handle` stands in `text` as a whole: "@amal" does not stand in "@amalia" nor in "@amal@far.example".
bool addresses(const std::string& text, const std::string& handle) {
    for (auto at = text.find(handle); at != std::string::npos; at = text.find(handle, at + 1)) {
        auto end = at + handle.size();
        auto goes_on = [&text](std::size_t i) {
            if (i >= text.size()) return false;
            const auto c = static_cast<unsigned char>(text[i]);
            return std::isalnum(c) || c == '_' || c == '@';
        };
        // A full stop or a hyphen belongs to the handle only when more of it follows.
        const bool joined = end < text.size() && (text[end] == '.' || text[end] == '-') && goes_on(end + 1);
        if (!goes_on(end) && !joined) return true;
    }
    return false;
}

}  // namespace

std::string addressed_to(std::string_view acct, std::string_view host, std::string_view text) {
    if (acct.empty()) return std::string(text);
    const auto folded = lower_ascii(text);
    const auto handle = lower_ascii("@" + std::string(acct));
    bool there = addresses(folded, handle);
    if (acct.find('@') == std::string_view::npos) there = there || addresses(folded, handle + "@" + lower_ascii(host));
    return there ? std::string(text) : "@" + std::string(acct) + " " + std::string(text);
}

Task<Result<Published>> MastodonPublisher::publish(PublishRequest request) {
    auto json = parse_json(request.token);
    const auto id = json ? json->root()["id"].text_or("") : std::string();
    if (id.empty())
        co_return Failure{Failure::Kind::refused, "this post cannot be answered: its reply token is not Mastodon's"};
    if (json->root()["host"].text_or("") != api_.host())
        co_return Failure{Failure::Kind::refused, "this post was heard on another server than the source now watches"};

    if (request.action == PublishAction::reply) {
        auto published = co_await reply(std::move(request), json->root());
        co_return published;
    }
    if (request.action == PublishAction::hide)
        co_return Failure{Failure::Kind::refused, "Mastodon cannot hide the posts of others"};
    const std::string deed = request.action == PublishAction::reshare ? "/reblog" : "/favourite";
    auto answer = co_await api_.post("/api/v1/statuses/" + url_encode(id) + deed, "{}", request.idempotency_key);
    if (!answer) co_return answer.error();
    if (request.action == PublishAction::like) co_return Published{};
    const auto root = answer->json.root();
    co_return Published{clean_line(root["uri"].text_or(""), 1024), web_url(root["url"].text_or(""))};
}

Task<Result<Published>> MastodonPublisher::reply(PublishRequest request, JsonView token) const {
    const auto spoiler = token["spoiler"].text_or("");
    // Without a word on the parent's visibility the answer goes to nobody but its author.
    auto visibility = token["visibility"].text_or("direct");
    if (request.visibility && narrower(*request.visibility, visibility_of(visibility)) != visibility_of(visibility))
        visibility = word_of(*request.visibility);
    JsonWriter body;
    body.object([&] {
        body.member("status", addressed_to(token["acct"].text_or(""), api_.host(), request.text));
        body.member("in_reply_to_id", token["id"].text_or(""));
        body.member("visibility", visibility);
        if (!request.language.empty()) body.member("language", request.language);
        if (!spoiler.empty()) body.member("spoiler_text", spoiler);
    });
    auto answer = co_await api_.post("/api/v1/statuses", std::move(body).take(), request.idempotency_key);
    if (!answer) co_return answer.error();
    const auto root = answer->json.root();
    Published published{clean_line(root["uri"].text_or(""), 1024), web_url(root["url"].text_or(""))};
    if (published.native_id.empty())
        co_return Failure{Failure::Kind::unknown_outcome, "the server took the reply, but its answer names no post"};
    co_return published;
}

}  // namespace rasid

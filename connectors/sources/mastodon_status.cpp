#include "connectors/sources/mastodon_status.hpp"

#include "connectors/html_text.hpp"
#include "connectors/plain_text.hpp"
#include "core/customer.hpp"

#include <algorithm>

namespace rasid {
namespace {

Author author_of(JsonView account, const std::string& acct, const std::string& host) {
    Author author;
    author.handle = acct.find('@') == std::string::npos && !acct.empty() ? acct + "@" + host : acct;
    author.name = clean_line(account["display_name"].text_or(""), 256);
    if (author.name.empty()) author.name = author.handle;
    author.native_id = clean_line(account["uri"].text_or(""), 1024);
    if (author.native_id.empty()) author.native_id = clean_line(account["url"].text_or(""), 1024);
    if (author.native_id.empty()) author.native_id = account["id"].text_or("");
    if (auto followers = account["followers_count"].integer(); followers && *followers >= 0)
        author.followers = followers;
    return author;
}

bool is_own(const std::vector<std::string>& accounts, const std::string& handle, const std::string& host) {
    const auto full = fold_handle(handle);
    return std::any_of(accounts.begin(), accounts.end(), [&](const std::string& account) {
        auto ours = fold_handle(account);
        if (ours.find('@') == std::string::npos) ours += "@" + host;
        return ours == full;
    });
}

std::string reply_token(const MastodonStatus& status, const std::string& acct, const MastodonReading& reading,
                        std::string_view visibility, const std::string& spoiler) {
    JsonWriter json;
    json.object([&] {
        json.member("id", status.id);
        json.member("host", reading.host);
        json.member("acct", acct);
        json.member("visibility", visibility);
        json.member("language", status.mention.language);
        json.member("spoiler", spoiler);
    });
    return std::move(json).take();
}

}  // namespace

Visibility visibility_of(std::string_view word) {
    if (word == "public") return Visibility::open;
    if (word == "unlisted") return Visibility::unlisted;
    if (word == "private" || word == "local" || word == "mutuals_only") return Visibility::followers;
    return Visibility::direct;
}

std::optional<MastodonStatus> read_status(JsonView status, const MastodonReading& reading,
                                          const MastodonCursor& known) {
    MastodonStatus out;
    auto& mention = out.mention;
    out.id = status["id"].text_or("");
    mention.key = {reading.platform, clean_line(status["uri"].text_or(""), 1024)};
    auto created = parse_rfc3339(status["created_at"].text_or(""));
    if (out.id.empty() || mention.key.native_id.empty() || !created) return std::nullopt;

    mention.created_at = *created;
    mention.edited_at = parse_rfc3339(status["edited_at"].text_or(""));
    mention.revision = mention.edited_at ? to_rfc3339(*mention.edited_at) : std::string();
    mention.source = reading.source;
    const auto acct = clean_line(status["account"]["acct"].text_or(""), 512);
    mention.author = author_of(status["account"], acct, reading.host);
    mention.own = is_own(reading.own_accounts, mention.author.handle, reading.host);
    const auto spoiler = clean_text(status["spoiler_text"].text_or(""), 1024);
    const auto body = html_to_text(status["content"].text_or(""));
    mention.text = spoiler.empty() ? body : body.empty() ? spoiler : clean_text(spoiler + "\n\n" + body);
    mention.language = clean_line(status["language"].text_or(""), 35);
    mention.url = web_url(status["url"].text_or(""));
    if (mention.url.empty()) mention.url = web_url(mention.key.native_id);
    mention.domain = host_of(mention.url);
    mention.replies = status["replies_count"].count_or_zero();
    mention.reshares = status["reblogs_count"].count_or_zero();
    mention.likes = status["favourites_count"].count_or_zero();

    // A server that says nothing of visibility serves the post to everybody.
    const auto visibility = status["visibility"].text_or("public");
    mention.visibility = visibility_of(visibility);

    // Threads are named by the server's ids, for only these are there when the post that is answered was never seen.
    const auto parent_id = status["in_reply_to_id"].text_or("");
    const auto* parent = parent_id.empty() ? nullptr : known.post_with_id(parent_id);
    if (parent) mention.in_reply_to = parent->uri;
    const auto* before = known.post_with_uri(mention.key.native_id);
    if (auto thread = status["pleroma"]["conversation_id"].text_or(""); !thread.empty())
        mention.conversation = reading.host + "/conversation/" + thread;
    else if (before)
        mention.conversation = before->conversation;
    else if (parent)
        mention.conversation = parent->conversation;
    else
        mention.conversation = reading.host + "/" + (parent_id.empty() ? out.id : parent_id);

    mention.reply_token = reply_token(out, acct, reading, visibility, spoiler);
    return out;
}

std::string revision_hash(const Mention& mention) { return short_hash({mention.key.native_id, mention.revision}); }

}  // namespace rasid

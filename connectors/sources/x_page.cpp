#include "connectors/sources/x_page.hpp"

#include "connectors/plain_text.hpp"
#include "core/customer.hpp"

#include <algorithm>
#include <map>

namespace rasid {
namespace {

/// A member that was renamed when posts stopped being tweets.
JsonView either(JsonView object, std::string_view as_tweet, std::string_view as_post) {
    const auto value = object[as_tweet];
    return value.exists() ? value : object[as_post];
}

void replace_all(std::string& text, std::string_view what, std::string_view with) {
    if (what.empty()) return;
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
}

/// The text with short links as the links they stand for and without the three escapes that X writes.
std::string text_of(JsonView post) {
    const auto long_form = either(post, "note_tweet", "note_post");
    const auto& whole = long_form["text"].exists() ? long_form : post;
    auto text = whole["text"].text_or("");
    for (auto link : whole["entities"]["urls"].items())
        if (const auto target = web_url(link["expanded_url"].text_or("")); !target.empty())
            replace_all(text, link["url"].text_or(""), target);
    replace_all(text, "&lt;", "<");
    replace_all(text, "&gt;", ">");
    replace_all(text, "&amp;", "&");  // last: what it uncovers is text, no escape
    return clean_text(text);
}

Author author_of(JsonView user, const std::string& id) {
    Author author;
    author.handle = clean_line(user["username"].text_or(id), 512);
    author.name = clean_line(user["name"].text_or(author.handle), 256);
    author.native_id = id;
    author.followers = user["public_metrics"]["followers_count"].integer();
    author.verified = user["verified"].boolean().value_or(false);
    return author;
}

std::string replied_to(JsonView post) {
    for (auto reference : either(post, "referenced_tweets", "referenced_posts").items())
        if (reference["type"].string() == "replied_to") return clean_line(reference["id"].text_or(""), 64);
    return {};
}

}  // namespace

XPage read_x_page(JsonView page, const XReading& reading) {
    std::map<std::string_view, JsonView> users;
    for (auto user : page["includes"]["users"].items()) users.emplace(user["id"].string().value_or(""), user);

    XPage out;
    out.newest_id = page["meta"]["newest_id"].text_or("");
    out.next_token = page["meta"]["next_token"].text_or("");
    for (auto post : page["data"].items()) {
        const auto id = clean_line(post["id"].text_or(""), 64);
        const auto created = parse_rfc3339(post["created_at"].text_or(""));
        if (id.empty() || !created) continue;
        const auto versions = either(post, "edit_history_tweet_ids", "edit_history_post_ids");
        const auto author_id = clean_line(post["author_id"].text_or(""), 64);
        const auto user = users.find(author_id);

        Mention mention;
        mention.key = {reading.platform, clean_line(versions.at(0).text_or(id), 64)};
        mention.revision = id;
        mention.source = reading.source;
        mention.author = author_of(user == users.end() ? JsonView() : user->second, author_id);
        mention.text = text_of(post);
        mention.language = clean_line(post["lang"].text_or(""), 35);
        mention.url = "https://x.com/" + mention.author.handle + "/status/" + id;
        mention.domain = "x.com";
        mention.conversation = clean_line(post["conversation_id"].text_or(""), 64);
        mention.in_reply_to = replied_to(post);
        mention.reply_token = id;
        mention.created_at = *created;
        if (mention.key.native_id != id) mention.edited_at = *created;
        const auto metrics = post["public_metrics"];
        mention.replies = metrics["reply_count"].count_or_zero();
        mention.reshares = either(metrics, "retweet_count", "repost_count").count_or_zero();
        mention.likes = metrics["like_count"].count_or_zero();
        mention.own =
            std::any_of(reading.own_accounts.begin(), reading.own_accounts.end(), [&](const std::string& account) {
                return fold_handle(account) == fold_handle(mention.author.handle);
            });
        out.mentions.push_back(std::move(mention));
    }
    std::reverse(out.mentions.begin(), out.mentions.end());  // X gives the newest first
    return out;
}

}  // namespace rasid

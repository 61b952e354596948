#pragma once

#include "bench/invented_posts.hpp"
#include "core/instant.hpp"
#include "core/json.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace rasid {

/// Pages as the platforms send them, with every member that they send and texts that nobody wrote.
class RecordedPages {
public:
    /// `word` stands in every post: what a firehose is filtered for.
    RecordedPages(InventedPosts& posts, std::string word, Instant begin)
        : posts_(posts), word_(std::move(word)), at_(begin) {}

    /// An array of Status objects of the Mastodon API.
    std::string mastodon(std::size_t posts) {
        JsonWriter json;
        json.array([&] {
            for (const auto& text : posts_.posts(posts)) status(json, text);
        });
        return std::move(json).take();
    }

    /// An answer of X's recent search.
    std::string x(std::size_t posts) {
        JsonWriter json;
        const auto first = serial_ + 1;
        json.object([&] {
            json.key("data");
            json.array([&] {
                for (const auto& text : posts_.posts(posts)) x_post(json, text);
            });
            json.key("includes");
            json.object([&] {
                json.key("users");
                json.array([&] {
                    for (auto id = first; id <= serial_; ++id) x_user(json, id);
                });
            });
            json.key("meta");
            json.object([&] {
                json.member("newest_id", x_id(serial_));
                json.member("oldest_id", x_id(first));
                json.member("result_count", posts);
                json.member("next_token", "b26v89c19zqg8o3fpe7x2y");
            });
        });
        return std::move(json).take();
    }

    /// Messages of a Jetstream; without `word` when they are `foreign`.
    std::vector<std::string> jetstream(std::size_t posts, bool foreign = false) {
        std::vector<std::string> messages;
        for (const auto& text : posts_.posts(posts)) messages.push_back(event(foreign ? text : text + ' ' + word_));
        return messages;
    }

private:
    static std::string x_id(std::uint64_t serial) { return std::to_string(1900000000000000000u + serial); }
    std::string time() { return to_rfc3339(at_); }
    void advance() {
        ++serial_;
        at_ += std::chrono::milliseconds(7);
    }
    std::string author() const { return std::to_string(serial_ % kAuthors); }

    void status(JsonWriter& json, const std::string& text) {
        advance();
        const auto id = std::to_string(110000000000000000u + serial_);
        const auto handle = "author_" + author();
        json.object([&] {
            json.member("id", id);
            json.member("created_at", time());
            json.key("in_reply_to_id"), json.null();
            json.key("in_reply_to_account_id"), json.null();
            json.member("sensitive", false);
            json.member("spoiler_text", "");
            json.member("visibility", "public");
            json.member("language", serial_ % 2 == 0 ? "ar" : "en");
            json.member("uri", "https://social.example/users/" + handle + "/statuses/" + id);
            json.member("url", "https://social.example/@" + handle + "/" + id);
            json.member("replies_count", 2);
            json.member("reblogs_count", 1);
            json.member("favourites_count", 7);
            json.key("edited_at"), json.null();
            json.member("content", "<p>" + text + ' ' + word_ + "</p>");
            json.key("reblog"), json.null();
            json.key("account");
            json.object([&] {
                json.member("id", std::to_string(108000000000000000u + serial_ % kAuthors));
                json.member("username", handle);
                json.member("acct", handle);
                json.member("display_name", "Author " + author());
                json.member("locked", false);
                json.member("bot", false);
                json.member("created_at", "2022-11-05T00:00:00.000Z");
                json.member("note", "<p>Writes words that are in no dictionary, about coffee and the weather.</p>");
                json.member("url", "https://social.example/@" + handle);
                json.member("uri", "https://social.example/users/" + handle);
                json.member("avatar", "https://files.social.example/accounts/avatars/" + author() + "/original.png");
                json.member("header", "https://files.social.example/accounts/headers/" + author() + "/original.png");
                json.member("followers_count", static_cast<std::int64_t>(serial_ % 5000));
                json.member("following_count", 321);
                json.member("statuses_count", 4567);
                json.key("emojis"), json.array([] {});
                json.key("fields"), json.array([] {});
            });
            for (const auto* list : {"media_attachments", "mentions", "tags", "emojis"})
                json.key(list), json.array([] {});
            json.key("card"), json.null();
            json.key("poll"), json.null();
        });
    }

    void x_post(JsonWriter& json, const std::string& text) {
        advance();
        const auto id = x_id(serial_);
        json.object([&] {
            json.member("id", id);
            json.member("text", text + ' ' + word_);
            json.member("author_id", std::to_string(4200000000u + serial_));
            json.member("created_at", time());
            json.member("lang", serial_ % 2 == 0 ? "ar" : "en");
            json.member("conversation_id", id);
            json.strings("edit_history_tweet_ids", {id});
            json.key("public_metrics");
            json.object([&] {
                for (const auto* metric : {"retweet_count", "reply_count", "like_count", "quote_count",
                                           "bookmark_count", "impression_count"})
                    json.member(metric, 5);
            });
            json.key("entities");
            json.object([&] { json.key("urls"), json.array([] {}); });
        });
    }

    static void x_user(JsonWriter& json, std::uint64_t serial) {
        json.object([&] {
            json.member("id", std::to_string(4200000000u + serial));
            json.member("username", "author_" + std::to_string(serial % kAuthors));
            json.member("name", "Author " + std::to_string(serial % kAuthors));
            json.member("verified", serial % 50 == 0);
            json.key("public_metrics");
            json.object([&] {
                json.member("followers_count", static_cast<std::int64_t>(serial % 5000));
                json.member("following_count", 12);
                json.member("tweet_count", 345);
                json.member("listed_count", 0);
            });
        });
    }

    std::string event(const std::string& text) {
        advance();
        JsonWriter json;
        json.object([&] {
            json.member("did", "did:plc:author" + author());
            json.member("time_us", to_micros(at_));
            json.member("kind", "commit");
            json.key("commit");
            json.object([&] {
                json.member("rev", "3l" + std::to_string(serial_));
                json.member("operation", "create");
                json.member("collection", "app.bsky.feed.post");
                json.member("rkey", "3k" + std::to_string(serial_));
                json.key("record");
                json.object([&] {
                    json.member("$type", "app.bsky.feed.post");
                    json.member("createdAt", time());
                    json.strings("langs", {serial_ % 2 == 0 ? "ar" : "en"});
                    json.member("text", text);
                });
                json.member("cid", "bafyreib" + std::to_string(serial_));
            });
        });
        return std::move(json).take();
    }

    static constexpr std::uint64_t kAuthors = 20000;

    InventedPosts& posts_;
    std::string word_;
    Instant at_;
    std::uint64_t serial_ = 0;
};

}  // namespace rasid

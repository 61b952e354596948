#include "connectors/sources/x_page.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

XPage read_page(std::string_view text) {
    const auto json = parse_json(text);
    return json ? read_x_page(json->root(), {.source = "x", .own_accounts = {"@Nasma"}}) : XPage{};
}

constexpr std::string_view kTweets = R"({
  "data": [
    {"id": "1902", "text": "@nasma late again https://t.co/abc &amp;lt; &lt;3", "author_id": "42",
     "created_at": "2026-03-01T10:05:00.000Z", "lang": "en", "conversation_id": "1899",
     "referenced_tweets": [{"type": "quoted", "id": "7"}, {"type": "replied_to", "id": "1899"}],
     "edit_history_tweet_ids": ["1900", "1902"],
     "public_metrics": {"retweet_count": 3, "reply_count": 2, "like_count": 9},
     "entities": {"urls": [{"start": 18, "end": 33, "url": "https://t.co/abc", "expanded_url": "https://example.org/menu"}]}},
    {"id": "1899", "text": "قهوة", "author_id": "1", "created_at": "2026-03-01T10:00:00.000Z"},
    {"id": "1898", "text": "no time"}],
  "includes": {"users": [
    {"id": "42", "username": "omar", "name": "Omar", "verified": true, "public_metrics": {"followers_count": 10}},
    {"id": "1", "username": "nasma", "name": "نسمة"}]},
  "meta": {"newest_id": "1902", "oldest_id": "1898", "result_count": 3, "next_token": "b26v"}})";

TEST(XPage, reads_posts_oldest_first_with_their_authors) {
    const auto page = read_page(kTweets);
    ASSERT_EQ(page.mentions.size(), 2u);
    EXPECT_EQ(page.newest_id, "1902");
    EXPECT_EQ(page.next_token, "b26v");
    EXPECT_EQ(page.mentions[0].text, "قهوة");
    EXPECT_TRUE(page.mentions[0].own);
    const auto& reply = page.mentions[1];
    EXPECT_EQ(reply.author,
              (Author{.handle = "omar", .name = "Omar", .native_id = "42", .followers = 10, .verified = true}));
    EXPECT_EQ(reply.url, "https://x.com/omar/status/1902");
    EXPECT_EQ(reply.conversation, "1899");
    EXPECT_EQ(reply.in_reply_to, "1899");
    EXPECT_EQ(reply.reshares, 3);
    EXPECT_EQ(reply.replies, 2);
    EXPECT_EQ(reply.likes, 9);
    EXPECT_FALSE(reply.own);
}

TEST(XPage, writes_links_out_and_takes_each_escape_off_once) {
    EXPECT_EQ(read_page(kTweets).mentions.at(1).text, "@nasma late again https://example.org/menu &lt; <3");
}

TEST(XPage, keeps_the_first_id_of_an_edited_post_and_tells_its_version) {
    const auto reply = read_page(kTweets).mentions.at(1);
    EXPECT_EQ(reply.key.native_id, "1900");
    EXPECT_EQ(reply.revision, "1902");
    EXPECT_TRUE(reply.edited_at);
    EXPECT_FALSE(read_page(kTweets).mentions.at(0).edited_at);
}

TEST(XPage, reads_the_vocabulary_of_posts_and_a_long_post_whole) {
    const auto page = read_page(R"({"data": [{"id": "5", "text": "cut…", "note_post": {"text": "the whole of it"},
        "author_id": "9", "created_at": "2026-09-01T10:00:00Z", "edit_history_post_ids": ["4", "5"],
        "referenced_posts": [{"type": "replied_to", "id": "3"}], "public_metrics": {"repost_count": 8}}],
        "meta": {"newest_id": "5"}})");
    ASSERT_EQ(page.mentions.size(), 1u);
    EXPECT_EQ(page.mentions[0].text, "the whole of it");
    EXPECT_EQ(page.mentions[0].key.native_id, "4");
    EXPECT_EQ(page.mentions[0].in_reply_to, "3");
    EXPECT_EQ(page.mentions[0].reshares, 8);
    EXPECT_EQ(page.mentions[0].author.handle, "9") << "the user was not sent along";
    EXPECT_TRUE(page.next_token.empty());
}

TEST(XPage, reads_nothing_from_what_is_no_page) {
    for (const auto* text : {"{}", "[]", R"({"data": 3})", R"({"data": [null, {"id": 7}]})", R"({"errors": [{}]})"})
        EXPECT_TRUE(read_page(text).mentions.empty()) << text;
}

}  // namespace
}  // namespace rasid

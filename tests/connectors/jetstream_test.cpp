#include "connectors/source_kind.hpp"
#include "connectors/word_filter.hpp"
#include "tests/connectors/data_file.hpp"
#include "tests/connectors/stage.hpp"
#include "tests/support/run_task.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace rasid {
namespace {

class JetstreamTest : public testing::Test {
protected:
    JetstreamTest() { clock.set("2026-03-01T10:00:00Z"); }
    std::unique_ptr<Source> watching(std::vector<std::string> words, std::string page = "100") {
        Options options{.values = {{"url", "wss://stream.example/subscribe"}, {"page", page}},
                        .lists = {{"words", std::move(words)}}};
        options.source = "sky";
        options.own_accounts = {"did:plc:brand"};
        auto made = find_source_kind("jetstream")->make(options, {http, sockets, clock, random, files});
        EXPECT_TRUE(made);
        return std::move(*made);
    }
    Page poll(Source& source, Cursor after = {}) {
        auto page = run_task(source.poll(std::move(after)));
        EXPECT_TRUE(page) << page.error().what;
        return page ? *page : Page{};
    }
    FakeWebSockets::Messages recorded() {
        std::istringstream in(data_file("jetstream/messages.ndjson"));
        FakeWebSockets::Messages messages;
        for (std::string line; std::getline(in, line);) messages.push_back(line);
        return messages;
    }
    /// 2026-03-01T10:00:00Z plus these seconds.
    static std::string post(int second, const std::string& rkey, const std::string& text) {
        return R"({"did":"did:plc:x","time_us":)" + std::to_string(1772359200000000LL + second * 1000000LL) +
               R"(,"kind":"commit","commit":{"operation":"create","collection":"app.bsky.feed.post","rkey":")" + rkey +
               R"(","cid":"c)" + rkey + R"(","record":{"text":")" + text + R"("}}})";
    }

    FakeClock clock;
    FakeHttp http;
    FakeWebSockets sockets{clock};
    FakeRandom random;
    FakeFiles files;
};

TEST_F(JetstreamTest, makes_whole_mentions_of_recorded_messages) {
    sockets.open = [this](const std::string&) -> Result<FakeWebSockets::Messages> { return recorded(); };
    auto page = poll(*watching({"nasma", "قهوة"}));
    EXPECT_EQ(sockets.urls.at(0), "wss://stream.example/subscribe?wantedCollections=app.bsky.feed.post");
    ASSERT_EQ(page.mentions.size(), 4u);
    const auto& first = page.mentions[0];
    EXPECT_EQ(first.key, (MentionKey{"bluesky", "at://did:plc:sara/app.bsky.feed.post/3k1"}));
    EXPECT_EQ(first.revision, "bafy1");
    EXPECT_EQ(first.source, "sky");
    EXPECT_EQ(first.text, "Is NASMA open today?");
    EXPECT_EQ(first.language, "en");
    EXPECT_EQ(first.url, "https://bsky.app/profile/did:plc:sara/post/3k1");
    EXPECT_EQ(first.author.handle, "did:plc:sara");
    EXPECT_EQ(first.conversation, first.key.native_id);
    EXPECT_EQ(to_rfc3339(first.created_at), "2026-03-01T09:59:00.000Z");
    const auto& answer = page.mentions[1];
    EXPECT_EQ(answer.text, "القهوة باردة");
    EXPECT_EQ(answer.in_reply_to, "at://did:plc:brand/app.bsky.feed.post/3k0");
    EXPECT_EQ(answer.conversation, "at://did:plc:brand/app.bsky.feed.post/3k0");
    EXPECT_EQ(to_rfc3339(answer.created_at), "2026-03-01T09:59:02.000Z") << "nothing is younger than its message";
    EXPECT_EQ(page.mentions[2].text, "look at this place") << "found by the address of its card";
    EXPECT_TRUE(page.mentions[3].deleted);
    EXPECT_EQ(page.mentions[3].key, first.key);
    EXPECT_EQ(page.warnings.size(), 1u) << "one message is broken";
}

TEST_F(JetstreamTest, hands_over_a_page_when_it_is_full) {
    auto source = watching({"coffee"}, "2");
    sockets.open = [](const std::string&) -> Result<FakeWebSockets::Messages> {
        return FakeWebSockets::Messages{post(-9, "1", "coffee"), post(-8, "2", "coffee"), post(-7, "3", "coffee")};
    };
    auto first = poll(*source);
    EXPECT_EQ(first.mentions.size(), 2u);
    auto second = poll(*source, first.next);
    EXPECT_EQ(second.mentions.size(), 1u);
    EXPECT_EQ(sockets.urls.size(), 1u) << "the connection is kept between polls";
}

TEST_F(JetstreamTest, waits_one_second_with_news_and_ten_without) {
    auto source = watching({"coffee"});
    const auto began = clock.now();
    auto quiet = poll(*source);
    EXPECT_EQ(clock.now() - began, Duration(std::chrono::seconds(10)));
    sockets.push(post(5, "1", "coffee"));
    const auto again = clock.now();
    EXPECT_EQ(poll(*source, quiet.next).mentions.size(), 1u);
    EXPECT_EQ(clock.now() - again, Duration(std::chrono::seconds(1)));
}

TEST_F(JetstreamTest, messages_without_news_still_move_the_position) {
    auto source = watching({"coffee"});
    sockets.open = [](const std::string&) -> Result<FakeWebSockets::Messages> {
        return FakeWebSockets::Messages{post(-3, "1", "tea")};
    };
    auto page = poll(*source);
    EXPECT_TRUE(page.mentions.empty());
    EXPECT_NE(page.next.token.find("1772359197000000"), std::string::npos);
}

TEST_F(JetstreamTest, reconnects_five_seconds_back_and_reports_nothing_twice) {
    auto source = watching({"coffee"});
    sockets.open = [](const std::string&) -> Result<FakeWebSockets::Messages> {
        return FakeWebSockets::Messages{post(-9, "1", "coffee"), post(-8, "2", "coffee")};
    };
    auto first = poll(*source);
    ASSERT_EQ(first.mentions.size(), 2u);
    sockets.drop();
    auto broken = run_task(source->poll(first.next));
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().kind, Failure::Kind::unreachable);
    EXPECT_EQ(sockets.connected, 0);
    auto second = poll(*source, first.next);
    EXPECT_TRUE(sockets.urls.at(1).ends_with("&cursor=1772359187000000")) << sockets.urls.at(1);
    EXPECT_TRUE(second.mentions.empty());
    EXPECT_TRUE(second.warnings.empty());
}

TEST_F(JetstreamTest, what_was_read_before_a_break_is_kept) {
    auto source = watching({"coffee"});
    auto quiet = poll(*source);
    sockets.push(post(1, "1", "coffee"));
    sockets.drop();
    EXPECT_EQ(poll(*source, quiet.next).mentions.size(), 1u);
}

TEST_F(JetstreamTest, a_page_that_was_not_stored_is_read_again_from_the_old_position) {
    auto source = watching({"coffee"});
    sockets.open = [](const std::string&) -> Result<FakeWebSockets::Messages> {
        return FakeWebSockets::Messages{post(-9, "1", "coffee")};
    };
    auto first = poll(*source);
    sockets.push(post(-2, "2", "coffee"));
    auto lost = poll(*source, first.next);
    EXPECT_EQ(lost.mentions.size(), 1u);
    sockets.open = [](const std::string&) -> Result<FakeWebSockets::Messages> {
        return FakeWebSockets::Messages{post(-9, "1", "coffee"), post(-2, "2", "coffee")};
    };
    auto again = poll(*source, first.next);
    EXPECT_EQ(sockets.urls.size(), 2u);
    EXPECT_EQ(again.mentions, lost.mentions);
}

TEST_F(JetstreamTest, a_silent_stream_is_given_up) {
    auto source = watching({"coffee"});
    Cursor cursor;
    int polls = 0;
    for (; polls < 10; ++polls) {
        auto page = run_task(source->poll(cursor));
        if (!page) break;
        cursor = page->next;
    }
    EXPECT_EQ(polls, 5) << "after a minute";
    EXPECT_EQ(sockets.connected, 0);
}

TEST_F(JetstreamTest, says_when_the_server_no_longer_has_what_comes_next) {
    auto source = watching({"coffee"});
    sockets.open = [](const std::string& url) -> Result<FakeWebSockets::Messages> {
        const int second = url.find("cursor=") == std::string::npos ? -9 : 7200;
        return FakeWebSockets::Messages{post(second, std::to_string(second), "coffee")};
    };
    auto first = poll(*source);
    clock.advance(std::chrono::hours(3));
    source = watching({"coffee"});
    auto second = poll(*source, first.next);
    EXPECT_EQ(second.mentions.size(), 1u);
    EXPECT_EQ(second.warnings.size(), 1u);
}

TEST_F(JetstreamTest, a_connection_that_is_refused_is_a_failure) {
    auto source = watching({"coffee"});
    sockets.open = [](const std::string&) -> Result<FakeWebSockets::Messages> {
        return Failure{Failure::Kind::blocked, "private address"};
    };
    auto page = run_task(source->poll({}));
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().kind, Failure::Kind::blocked);
}

TEST_F(JetstreamTest, a_delete_of_a_stranger_s_post_is_passed_over) {
    auto source = watching({"coffee"});
    sockets.open = [](const std::string&) -> Result<FakeWebSockets::Messages> {
        return FakeWebSockets::Messages{
            R"({"did":"did:plc:x","time_us":1772359199000000,"kind":"commit","commit":{"operation":"delete","collection":"app.bsky.feed.post","rkey":"z"}})"};
    };
    EXPECT_TRUE(poll(*source).mentions.empty());
}

TEST(WordFilter, finds_words_in_any_case_and_any_escape) {
    WordFilter filter({"Nasma", "قهوة", "Café", "КОФЕ", "a\"b", "☕"});
    for (const char* text :
         {"NASMA", "xnasmax", "\\u006e\\u0061sma", "القهوة", "\\u0642\\u0647\\u0648\\u0629", "قه\\u0648ة", "قَهْوَة",
          "قهوه", "قـــهوة", "CAFÉ", "caf\\u00E9", "caf\\u00C9", "кофе", "КоФе", "A\\\"B", "\\u2615", "☕"})
        EXPECT_TRUE(filter.matches(text)) << text;
    for (const char* text : {"", "nasm", "nas ma", "قهو", "cafe", "\\u0642\\u0647\\u0648", "\\u061"})
        EXPECT_FALSE(filter.matches(text)) << text;
}

TEST(WordFilter, finds_a_word_that_begins_inside_the_beginning_of_another) {
    WordFilter filter({"hers", "she", "قهوتنا", "هوت"});
    EXPECT_TRUE(filter.matches("ushe"));
    EXPECT_TRUE(filter.matches("shhers"));
    EXPECT_TRUE(filter.matches("قهوتك"));
    EXPECT_FALSE(filter.matches("her shop"));
}

TEST(WordFilter, knows_an_escaped_backslash_from_an_escape) {
    WordFilter filter({"نسمة"});
    EXPECT_TRUE(filter.matches(R"("\u0646\u0633\u0645\u0629")"));
    EXPECT_FALSE(filter.matches(R"("\\u0646\\u0633\\u0645\\u0629")"));
}

TEST(WordFilter, finds_characters_beyond_the_first_plane_as_surrogate_pairs) {
    WordFilter filter({"😀"});
    EXPECT_TRUE(filter.matches("😀"));
    EXPECT_TRUE(filter.matches("\\uD83D\\ude00"));
    EXPECT_FALSE(filter.matches("\\uD83D\\ude01"));
}

}  // namespace
}  // namespace rasid

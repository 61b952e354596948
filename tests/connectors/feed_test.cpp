#include "connectors/source_kind.hpp"
#include "core/limits.hpp"
#include "tests/connectors/data_file.hpp"
#include "tests/connectors/stage.hpp"
#include "tests/support/run_task.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

class FeedTest : public testing::Test {
protected:
    std::unique_ptr<Source> make(std::map<std::string, std::string, std::less<>> values = {}) {
        values.try_emplace("url", "https://blog.example/feed");
        Options options{.values = std::move(values)};
        options.source = "blog";
        options.own_accounts = {"Huda Salem"};
        auto made = find_source_kind("feed")->make(options, {http, sockets, clock, random, files});
        EXPECT_TRUE(made);
        return std::move(*made);
    }
    void answer(std::string body, std::vector<HttpHeader> headers = {}, int status = 200) {
        http.answers.push_back(HttpResponse{.status = status, .headers = std::move(headers), .body = std::move(body)});
    }
    Page poll(Source& source, Cursor after = {}) {
        auto page = run_task(source.poll(std::move(after)));
        EXPECT_TRUE(page) << page.error().what;
        return page ? *page : Page{};
    }
    static std::string rss(std::initializer_list<std::string_view> ids) {
        std::string out = "<rss><channel><title>t</title>";
        for (auto id : ids)
            out += "<item><guid isPermaLink=\"false\">" + std::string(id) + "</guid><title>" + std::string(id) +
                   "</title></item>";
        return out + "</channel></rss>";
    }

    FakeClock clock;
    FakeHttp http;
    FakeWebSockets sockets{clock};
    FakeRandom random;
    FakeFiles files;
};

TEST_F(FeedTest, makes_whole_mentions_of_entries) {
    auto source = make();
    answer(data_file("feed/rss_20.xml"));
    auto page = poll(*source);
    ASSERT_EQ(page.mentions.size(), 3u);
    const auto& second = page.mentions[1];
    EXPECT_EQ(second.key, (MentionKey{"news", "https://blog.example/feed post-205"}));
    EXPECT_EQ(second.source, "blog");
    EXPECT_EQ(second.title, "Five beans, ranked");
    EXPECT_TRUE(second.text.starts_with("Five beans, ranked\n\nNasma"))
        << "a title that begins the text stands there once";
    EXPECT_EQ(second.domain, "blog.example");
    EXPECT_EQ(second.language, "en");
    EXPECT_EQ(second.author.handle, "Huda Salem");
    EXPECT_TRUE(second.own);
    EXPECT_EQ(second.replies, 12);
    EXPECT_EQ(page.not_before, std::chrono::minutes(30));
    const auto& first = page.mentions[0];
    EXPECT_EQ(first.text, "AT&T cafe <3\n\nFish & chips, a=1&b=2 … &unknown; done");
    EXPECT_FALSE(first.own);
    const auto& undated = page.mentions[2];
    EXPECT_EQ(undated.created_at, clock.now());
    EXPECT_EQ(undated.author.handle, "blog.example");
}

TEST_F(FeedTest, options_decide_platform_and_language) {
    auto source = make({{"platform", "reviews"}, {"language", "ar"}});
    answer(data_file("feed/rss_20.xml"));
    auto page = poll(*source);
    EXPECT_EQ(page.mentions.at(0).key.platform, "reviews");
    EXPECT_EQ(page.mentions.at(0).language, "ar");
}

TEST_F(FeedTest, sends_validators_back_to_the_letter_and_takes_304_for_nothing_new) {
    auto source = make();
    answer(rss({"a"}), {{"ETag", "W/\"x,'y\""}, {"Last-Modified", "Yesterday, I think"}});
    auto first = poll(*source);
    answer("", {}, 304);
    auto second = poll(*source, first.next);
    EXPECT_EQ(FakeHttp::header(http.requests[1], "If-None-Match"), "W/\"x,'y\"");
    EXPECT_EQ(FakeHttp::header(http.requests[1], "If-Modified-Since"), "Yesterday, I think");
    EXPECT_TRUE(second.mentions.empty());
    EXPECT_EQ(second.next, first.next);
    answer("", {{"ETag", "\"new\""}}, 304);
    auto third = poll(*source, second.next);
    answer("", {}, 304);
    poll(*source, third.next);
    EXPECT_EQ(FakeHttp::header(http.requests[3], "If-None-Match"), "\"new\"");
    EXPECT_EQ(FakeHttp::header(http.requests[3], "If-Modified-Since"), "Yesterday, I think");
}

TEST_F(FeedTest, waits_as_long_as_the_answer_asks_but_a_day_at_most) {
    auto source = make();
    answer(rss({"a"}), {{"Cache-Control", "public, max-age=900, s-maxage=1"}, {"Age", "100"}});
    EXPECT_EQ(poll(*source).not_before, std::chrono::seconds(800));
    answer(rss({"a"}), {{"Cache-Control", "max-age=31536000"}});
    EXPECT_EQ(poll(*source).not_before, std::chrono::hours(24));
    answer(rss({"a"}), {{"Cache-Control", "no-cache"}, {"Retry-After", "77"}});
    EXPECT_EQ(poll(*source).not_before, std::chrono::seconds(77));
    answer(rss({"a"}));
    EXPECT_EQ(poll(*source).not_before, std::nullopt);
}

TEST_F(FeedTest, an_unchanged_entry_with_a_new_date_is_no_edit) {
    auto source = make();
    answer("<rss><channel><item><guid>a</guid><title>t</title><pubDate>Sun, 01 Mar 2026 10:00:00 "
           "GMT</pubDate></item></channel></rss>");
    auto first = poll(*source);
    answer("<rss><channel><item><guid>a</guid><title>t</title><pubDate>Sun, 01 Mar 2026 11:00:00 "
           "GMT</pubDate></item></channel></rss>");
    EXPECT_TRUE(poll(*source, first.next).mentions.empty());
}

TEST_F(FeedTest, warns_when_the_whole_window_is_new) {
    auto source = make();
    answer(rss({"c", "b", "a"}));
    auto first = poll(*source);
    EXPECT_TRUE(first.warnings.empty());
    answer(rss({"e", "d", "c"}));
    auto second = poll(*source, first.next);
    EXPECT_TRUE(second.warnings.empty());
    answer(rss({"k", "j", "i"}));
    auto third = poll(*source, second.next);
    EXPECT_EQ(third.mentions.size(), 3u);
    EXPECT_EQ(third.warnings.size(), 1u);
}

TEST_F(FeedTest, an_entry_that_comes_back_is_still_known) {
    auto source = make();
    answer(rss({"b", "a"}));
    auto first = poll(*source);
    answer(rss({"c", "b"}));
    auto second = poll(*source, first.next);
    answer(rss({"c", "a"}));
    EXPECT_TRUE(poll(*source, second.next).mentions.empty());
}

TEST_F(FeedTest, hands_over_a_huge_feed_in_pages_without_losing_the_rest_to_a_304) {
    std::string body = "<rss><channel>";
    for (std::size_t i = 0; i < limits::kMentionsPerPage + 50; ++i)
        body += "<item><guid>g" + std::to_string(i) + "</guid><title>t" + std::to_string(i) + "</title></item>";
    body += "</channel></rss>";
    auto source = make();
    answer(body, {{"ETag", "\"1\""}});
    auto first = poll(*source);
    EXPECT_EQ(first.mentions.size(), limits::kMentionsPerPage);
    EXPECT_TRUE(first.more);
    answer(body, {{"ETag", "\"1\""}});
    auto second = poll(*source, first.next);
    EXPECT_EQ(FakeHttp::header(http.requests[1], "If-None-Match"), "");
    EXPECT_EQ(second.mentions.size(), 50u);
    EXPECT_FALSE(second.more);
}

TEST_F(FeedTest, believes_in_a_move_only_after_it_repeats_and_never_follows_it_by_itself) {
    auto source = make();
    Cursor cursor;
    for (int polls = 1; polls <= 4; ++polls) {
        HttpResponse moved{
            .status = 200, .body = rss({"a"}), .effective_url = "https://new.example/feed", .moved_permanently = true};
        http.answers.push_back(moved);
        auto page = poll(*source, cursor);
        EXPECT_EQ(page.moved_to.has_value(), polls >= 3) << polls;
        if (page.moved_to) {
            EXPECT_EQ(*page.moved_to, "https://new.example/feed");
        }
        cursor = page.next;
        EXPECT_EQ(http.requests.back().url, "https://blog.example/feed");
    }
    answer(rss({"a"}));
    EXPECT_EQ(poll(*source, cursor).moved_to, std::nullopt);
}

TEST_F(FeedTest, a_feed_that_is_gone_for_good_is_not_found) {
    auto source = make();
    answer("", {}, 410);
    auto page = run_task(source->poll({}));
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().kind, Failure::Kind::not_found);
}

TEST_F(FeedTest, a_date_in_the_future_counts_as_this_moment) {
    auto source = make();
    answer("<rss><channel><item><guid>a</guid><title>t</title><pubDate>Sun, 01 Mar 2099 10:00:00 "
           "GMT</pubDate></item></channel></rss>");
    EXPECT_EQ(poll(*source).mentions.at(0).created_at, clock.now());
}

TEST_F(FeedTest, a_comment_belongs_to_the_conversation_of_its_post) {
    auto source = make();
    answer(data_file("feed/atom.xml"));
    auto page = poll(*source);
    ASSERT_EQ(page.mentions.size(), 3u);
    EXPECT_TRUE(page.mentions[0].deleted);
    EXPECT_EQ(page.mentions[1].in_reply_to, page.mentions[2].key.native_id);
    EXPECT_EQ(page.mentions[1].conversation, page.mentions[2].conversation);
    EXPECT_TRUE(page.mentions[2].edited_at);
}

}  // namespace
}  // namespace rasid

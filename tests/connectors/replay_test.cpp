#include "connectors/source_kind.hpp"
#include "tests/connectors/stage.hpp"
#include "tests/support/run_task.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

class ReplayTest : public testing::Test {
protected:
    Result<std::unique_ptr<Source>> make(std::string start = "") {
        Options options{.values = {{"path", "demo:mentions.ndjson"}, {"start", std::move(start)}}};
        options.source = "demo";
        options.own_accounts = {"@Nasma"};
        return find_source_kind("replay")->make(options, {http, sockets, clock, random, files});
    }
    void file(std::string content) { files.content["demo:mentions.ndjson"] = std::move(content); }
    Page poll(Source& source, Cursor after = {}) {
        auto page = run_task(source.poll(std::move(after)));
        EXPECT_TRUE(page) << page.error().what;
        return page ? *page : Page{};
    }

    FakeClock clock;
    FakeHttp http;
    FakeWebSockets sockets{clock};
    FakeRandom random;
    FakeFiles files;
};

TEST_F(ReplayTest, plays_lines_in_their_own_time_from_the_first_poll_on) {
    file("{\"id\":\"later\",\"text\":\"c\",\"at\":60}\n{\"id\":\"long "
         "ago\",\"text\":\"a\",\"at\":-3600}\n\n{\"id\":\"now\",\"text\":\"b\",\"at\":0}\n");
    auto source = *make();
    const auto start = clock.now();
    auto first = poll(*source);
    ASSERT_EQ(first.mentions.size(), 2u);
    EXPECT_EQ(first.mentions[0].key.native_id, "long ago");
    EXPECT_EQ(first.mentions[0].created_at, start - std::chrono::hours(1));
    clock.advance(std::chrono::seconds(59));
    auto second = poll(*source, first.next);
    EXPECT_TRUE(second.mentions.empty());
    clock.advance(std::chrono::seconds(1));
    auto third = poll(*source, second.next);
    ASSERT_EQ(third.mentions.size(), 1u);
    EXPECT_EQ(third.mentions[0].created_at, start + std::chrono::minutes(1));
}

TEST_F(ReplayTest, a_given_start_counts_instead_of_the_first_poll) {
    file("{\"id\":\"a\",\"text\":\"x\",\"at\":60}\n");
    clock.set("2026-03-01T12:00:00Z");
    EXPECT_TRUE(poll(**make("2026-03-01T11:59:30Z")).mentions.empty());
    EXPECT_EQ(poll(**make("2026-03-01T11:59:00Z")).mentions.size(), 1u);
    EXPECT_FALSE(make("yesterday"));
}

TEST_F(ReplayTest, hands_over_two_hundred_lines_at_once_and_says_there_are_more) {
    std::string content;
    for (int i = 0; i < 450; ++i) content += "{\"id\":" + std::to_string(i) + ",\"text\":\"x\",\"at\":-1}\n";
    file(content);
    auto source = *make();
    auto page = poll(*source);
    EXPECT_EQ(page.mentions.size(), 200u);
    EXPECT_TRUE(page.more);
    page = poll(*source, page.next);
    page = poll(*source, page.next);
    EXPECT_EQ(page.mentions.size(), 50u);
    EXPECT_FALSE(page.more);
    EXPECT_EQ(page.mentions.back().key.native_id, "449");
}

TEST_F(ReplayTest, names_the_lines_that_it_cannot_read_once) {
    file("{\"id\":\"a\",\"text\":\"x\"}\nnot json\n{\"text\":\"no "
         "id\"}\n{\"id\":\"b\",\"text\":\"x\",\"at\":\"soon\"}\n{\"id\":\"c\",\"text\":\"y\"}");
    auto source = *make();
    auto page = poll(*source);
    EXPECT_EQ(page.mentions.size(), 2u);
    ASSERT_EQ(page.warnings.size(), 1u);
    EXPECT_EQ(page.warnings[0], "lines 2, 3, 4 of demo:mentions.ndjson cannot be read and are skipped");
    EXPECT_TRUE(poll(*source, page.next).warnings.empty());
}

TEST_F(ReplayTest, plays_edits_and_deletes_of_earlier_lines) {
    file("{\"id\":\"a\",\"text\":\"cold\",\"at\":-10,\"platform\":\"x\"}\n"
         "{\"id\":\"a\",\"text\":\"very cold\",\"created_at\":-10,\"edited_at\":5,\"at\":5,\"platform\":\"x\"}\n"
         "{\"id\":\"a\",\"deleted\":true,\"at\":9,\"platform\":\"x\"}\n");
    auto source = *make();
    const auto start = clock.now();
    auto first = poll(*source);
    clock.advance(std::chrono::seconds(9));
    auto second = poll(*source, first.next);
    ASSERT_EQ(second.mentions.size(), 2u);
    EXPECT_EQ(second.mentions[0].key, first.mentions.at(0).key);
    EXPECT_NE(second.mentions[0].revision, first.mentions.at(0).revision);
    EXPECT_EQ(second.mentions[0].edited_at, start + std::chrono::seconds(5));
    EXPECT_EQ(second.mentions[0].created_at, start - std::chrono::seconds(10));
    EXPECT_TRUE(second.mentions[1].deleted);
}

TEST_F(ReplayTest, our_own_accounts_are_recognised) {
    file("{\"id\":\"a\",\"text\":\"x\",\"author\":{\"handle\":\"nasma\"}}\n{\"id\":\"b\",\"text\":\"x\",\"author\":{"
         "\"handle\":\"amal\"}}\n");
    auto page = poll(**make());
    EXPECT_TRUE(page.mentions.at(0).own);
    EXPECT_FALSE(page.mentions.at(1).own);
}

TEST_F(ReplayTest, a_missing_file_is_a_failure) {
    auto page = run_task((*make())->poll({}));
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().kind, Failure::Kind::not_found);
}

TEST_F(ReplayTest, its_publisher_takes_every_answer_and_names_it_by_its_key) {
    auto publisher = find_source_kind("replay")->make_publisher(Options{}, {http, sockets, clock, random, files});
    auto once = run_task(publisher->publish({.text = "sorry", .idempotency_key = "k1"}));
    auto again = run_task(publisher->publish({.text = "sorry", .idempotency_key = "k1"}));
    ASSERT_TRUE(once && again);
    EXPECT_EQ(once->native_id, "replay:k1");
    EXPECT_EQ(again->native_id, once->native_id);
    EXPECT_TRUE(publisher->repeatable());
    EXPECT_TRUE(run_task(publisher->publish({.action = PublishAction::hide})));
}

}  // namespace
}  // namespace rasid

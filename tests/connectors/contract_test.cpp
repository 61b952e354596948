#include "connectors/plain_text.hpp"
#include "tests/connectors/stage.hpp"
#include "tests/support/run_task.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace rasid {
namespace {

class SourceContract : public testing::TestWithParam<const SourceKind*> {
protected:
    void SetUp() override {
        stage = make_stage(GetParam()->name);
        ASSERT_TRUE(stage) << "the kind \"" << GetParam()->name << "\" has no stage in tests/connectors/stages.cpp";
        source = stage->source(*GetParam());
        ASSERT_TRUE(source);
    }

    Result<Page> poll(const Cursor& cursor) { return run_task(source->poll(cursor)); }

    /// Polls until the source says that it has reached the newest; what it reported, latest revision last.
    std::vector<Mention> drain(Cursor& cursor) {
        std::vector<Mention> all;
        for (int polls = 0; polls < 20; ++polls) {
            auto page = poll(cursor);
            EXPECT_TRUE(page) << page.error().what;
            if (!page) break;
            for (const auto& warning : page->warnings) ADD_FAILURE() << "a warning without a reason: " << warning;
            cursor = page->next;
            all.insert(all.end(), page->mentions.begin(), page->mentions.end());
            if (!page->more) break;
        }
        return all;
    }

    void begin() {
        for (int i = 1; i <= 3; ++i) stage->publish("post" + std::to_string(i), "coffee number " + std::to_string(i));
    }

    std::unique_ptr<Stage> stage;
    std::unique_ptr<Source> source;
};

TEST_P(SourceContract, the_first_poll_reports_what_is_there_oldest_first) {
    begin();
    Cursor cursor;
    auto mentions = drain(cursor);
    ASSERT_EQ(mentions.size(), 3u);
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(mentions[static_cast<std::size_t>(i)].text, "coffee number " + std::to_string(i + 1));
    EXPECT_FALSE(cursor.token.empty());
}

TEST_P(SourceContract, every_mention_is_complete) {
    begin();
    Cursor cursor;
    std::set<MentionKey> keys;
    for (const auto& mention : drain(cursor)) {
        EXPECT_FALSE(mention.key.platform.empty());
        EXPECT_FALSE(mention.key.native_id.empty());
        EXPECT_EQ(mention.source, "watched");
        EXPECT_EQ(mention.text, clean_text(mention.text));
        EXPECT_LE(mention.created_at, stage->clock.now());
        EXPECT_GT(mention.created_at, Instant{});
        EXPECT_FALSE(mention.deleted);
        EXPECT_TRUE(keys.insert(mention.key).second);
    }
}

TEST_P(SourceContract, one_cursor_polled_twice_gives_equal_pages) {
    begin();
    Cursor cursor;
    drain(cursor);
    stage->publish("post4", "coffee number 4");
    stage->edit("post3", "coffee number 3, edited");
    stage->wait();
    const auto moment = stage->clock.now();
    for (const auto& from : {Cursor{}, cursor}) {
        stage->clock.set(moment);
        auto once = poll(from);
        stage->clock.set(moment);
        auto again = poll(from);
        ASSERT_TRUE(once && again);
        EXPECT_FALSE(once->mentions.empty());
        EXPECT_EQ(once->mentions, again->mentions);
        EXPECT_EQ(once->next, again->next);
    }
}

TEST_P(SourceContract, a_page_that_was_never_stored_is_reported_again) {
    begin();
    auto lost = poll(Cursor{});
    ASSERT_TRUE(lost);
    source = stage->source(*GetParam());
    Cursor cursor;
    EXPECT_EQ(drain(cursor).size(), 3u);
}

TEST_P(SourceContract, what_was_reported_is_not_reported_again_by_a_new_source_at_the_same_cursor) {
    begin();
    Cursor cursor;
    drain(cursor);
    source = stage->source(*GetParam());
    EXPECT_TRUE(drain(cursor).empty());
    stage->publish("post4", "coffee number 4");
    auto mentions = drain(cursor);
    ASSERT_EQ(mentions.size(), 1u);
    EXPECT_EQ(mentions.front().text, "coffee number 4");
    EXPECT_TRUE(drain(cursor).empty());
}

TEST_P(SourceContract, posts_between_polls_are_reported_once_each) {
    std::map<MentionKey, int> reported;
    Cursor cursor;
    begin();
    for (int round = 0; round < 6; ++round) {
        for (const auto& mention : drain(cursor)) ++reported[mention.key];
        for (int i = 0; i < round; ++i)
            stage->publish("more" + std::to_string(round) + "-" + std::to_string(i),
                           "coffee again " + std::to_string(round * 10 + i));
        if (round % 2 == 1) source = stage->source(*GetParam());
    }
    for (const auto& mention : drain(cursor)) ++reported[mention.key];
    EXPECT_EQ(reported.size(), 3u + 15u);
    for (const auto& [key, times] : reported) EXPECT_EQ(times, 1) << key.native_id;
}

TEST_P(SourceContract, an_edit_is_a_new_revision_of_the_same_post) {
    begin();
    Cursor cursor;
    auto before = drain(cursor);
    ASSERT_EQ(before.size(), 3u);
    stage->edit("post2", "coffee number 2, but cold");
    stage->wait();
    auto after = drain(cursor);
    ASSERT_EQ(after.size(), 1u);
    EXPECT_EQ(after[0].key, before[1].key);
    EXPECT_NE(after[0].revision, before[1].revision);
    EXPECT_EQ(after[0].text, "coffee number 2, but cold");
    EXPECT_TRUE(after[0].edited_at);
    EXPECT_TRUE(drain(cursor).empty());
}

TEST_P(SourceContract, a_delete_is_one_tombstone) {
    begin();
    Cursor cursor;
    auto before = drain(cursor);
    ASSERT_EQ(before.size(), 3u);
    stage->remove("post1");
    stage->wait();
    auto after = drain(cursor);
    ASSERT_EQ(after.size(), 1u);
    EXPECT_TRUE(after[0].deleted);
    EXPECT_EQ(after[0].key, before[0].key);
    stage->wait();
    EXPECT_TRUE(drain(cursor).empty());
}

TEST_P(SourceContract, an_unreadable_cursor_is_said_and_read_on_from) {
    begin();
    for (const char* token : {"garbage", "{}", "[1,2", "{\"known\":7,\"watches\":[],\"time_us\":\"x\"}"}) {
        auto page = poll(Cursor{token});
        ASSERT_TRUE(page) << token;
        EXPECT_FALSE(page->warnings.empty()) << token;
        EXPECT_EQ(page->mentions.size(), 3u) << token;
    }
}

TEST_P(SourceContract, what_a_kind_declares_fits_together) {
    const auto& kind = *GetParam();
    EXPECT_FALSE(kind.summary.empty());
    EXPECT_FALSE(kind.platform.empty());
    EXPECT_EQ(find_source_kind(kind.name), &kind);
    EXPECT_EQ(kind.make_publisher != nullptr, !kind.actions.empty());
    std::string answers;
    for (auto action : kind.actions) answers += (answers.empty() ? "" : ", ") + std::string(to_string(action));
    EXPECT_EQ(kind.answers, answers);
    for (const auto& option : kind.options) {
        EXPECT_FALSE(option.help.empty()) << option.name;
        EXPECT_FALSE(option.required && !option.fallback.empty()) << option.name;
    }
}

TEST_P(SourceContract, required_options_that_are_absent_are_refused) {
    const auto options = GetParam()->options;
    const bool any =
        std::any_of(options.begin(), options.end(), [](const OptionSpec& option) { return option.required; });
    auto made = GetParam()->make(Options{}, stage->env());
    ASSERT_EQ(made.has_value(), !any);
    if (made) return;
    EXPECT_EQ(made.error().kind, Failure::Kind::refused);
    EXPECT_FALSE(made.error().what.empty());
}

std::string kind_name(const testing::TestParamInfo<const SourceKind*>& info) { return std::string(info.param->name); }

INSTANTIATE_TEST_SUITE_P(Kinds, SourceContract, testing::ValuesIn(source_kinds().begin(), source_kinds().end()),
                         kind_name);

/// The same for every kind that speaks HTTP: trouble is a value of the right kind, and the position stays.
class HttpSourceContract : public SourceContract {
protected:
    Failure fail_with(Result<HttpResponse> answer) {
        begin();
        stage->http.answers.push_back(std::move(answer));
        auto page = poll(Cursor{});
        EXPECT_FALSE(page);
        auto failure = page ? Failure{} : page.error();
        Cursor cursor;
        EXPECT_EQ(drain(cursor).size(), 3u) << "the next poll must find everything";
        return failure;
    }
};

TEST_P(HttpSourceContract, a_429_with_seconds_says_how_long_to_wait) {
    auto failure = fail_with(HttpResponse{.status = 429, .headers = {{"Retry-After", "120"}}});
    EXPECT_EQ(failure.kind, Failure::Kind::rate_limited);
    EXPECT_EQ(failure.retry_after, std::chrono::seconds(120));
}

TEST_P(HttpSourceContract, a_429_with_a_date_says_how_long_to_wait) {
    stage->clock.set("2026-03-01T12:00:00Z");
    stage->http.answers.push_back(
        HttpResponse{.status = 429, .headers = {{"Retry-After", "Sun, 01 Mar 2026 12:05:00 GMT"}}});
    auto page = poll(Cursor{});
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().kind, Failure::Kind::rate_limited);
    EXPECT_EQ(page.error().retry_after, std::chrono::minutes(5));
}

TEST_P(HttpSourceContract, a_401_is_a_matter_of_credentials) {
    begin();
    stage->http.serve = [](const HttpRequest&) -> Result<HttpResponse> {
        return HttpResponse{.status = 401, .body = R"({"error":"The access token is invalid"})"};
    };
    auto page = poll(Cursor{});
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().kind, Failure::Kind::unauthorized);
}

TEST_P(HttpSourceContract, a_garbage_body_is_malformed) {
    for (std::string body :
         {std::string("\xff\xfe\x00\x01garbage", 11), std::string("<html><body>Sign in</body></html>"), std::string(),
          std::string("{\"a\":"), std::string("null"), std::string(100000, '[')}) {
        stage->http.answers.push_back(HttpResponse{.status = 200, .body = body});
        auto page = poll(Cursor{});
        ASSERT_FALSE(page) << body.substr(0, 20);
        EXPECT_EQ(page.error().kind, Failure::Kind::malformed) << body.substr(0, 20);
        stage->http.answers.clear();
    }
}

TEST_P(HttpSourceContract, a_truncated_body_never_invents_or_loses_a_post) {
    begin();
    Cursor start;
    std::set<std::string> texts;
    for (const auto& mention : drain(start)) texts.insert(mention.text);
    stage->http.requests.clear();
    auto whole = stage->http.serve(HttpRequest{.url = "https://social.example/api/v1/notifications?limit=80"});
    ASSERT_TRUE(whole);
    for (std::size_t length = 0; length < whole->body.size(); length += 7) {
        auto cut = *whole;
        cut.body.resize(length);
        stage->http.answers = {cut};
        auto page = poll(Cursor{});
        stage->http.answers.clear();
        if (!page) {
            EXPECT_EQ(page.error().kind, Failure::Kind::malformed);
            continue;
        }
        for (const auto& mention : page->mentions)
            EXPECT_TRUE(texts.contains(mention.text)) << mention.text << " at " << length;
        Cursor cursor = page->next;
        auto found = page->mentions;
        for (auto& mention : drain(cursor)) found.push_back(mention);
        EXPECT_EQ(found.size(), 3u) << "cut at " << length;
    }
}

TEST_P(HttpSourceContract, a_5xx_is_unreachable) {
    for (int status : {500, 502, 503, 504}) {
        stage->http.answers.push_back(HttpResponse{.status = status});
        auto page = poll(Cursor{});
        ASSERT_FALSE(page);
        EXPECT_EQ(page.error().kind, Failure::Kind::unreachable);
    }
}

TEST_P(HttpSourceContract, a_timeout_passes_through) {
    EXPECT_EQ(fail_with(Failure{Failure::Kind::unreachable, "no answer in 30 s"}).kind, Failure::Kind::unreachable);
}

TEST_P(HttpSourceContract, an_oversize_answer_passes_through_as_blocked) {
    auto failure = fail_with(HttpResponse{.status = 200, .body = std::string(limits::kFetchBody + 1, ' ')});
    EXPECT_EQ(failure.kind, Failure::Kind::blocked);
}

std::vector<const SourceKind*> http_kinds() {
    std::vector<const SourceKind*> kinds;
    for (const auto* kind : source_kinds())
        if (auto stage = make_stage(kind->name); stage && stage->speaks_http()) kinds.push_back(kind);
    return kinds;
}

INSTANTIATE_TEST_SUITE_P(Kinds, HttpSourceContract, testing::ValuesIn(http_kinds()), kind_name);

}  // namespace
}  // namespace rasid

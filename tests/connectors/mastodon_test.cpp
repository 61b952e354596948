#include "connectors/source_kind.hpp"
#include "connectors/sources/mastodon_cursor.hpp"
#include "core/json.hpp"
#include "core/limits.hpp"
#include "tests/connectors/data_file.hpp"
#include "tests/connectors/fake_mastodon.hpp"
#include "tests/connectors/stage.hpp"
#include "tests/support/run_task.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace rasid {
namespace {

class MastodonTest : public testing::Test {
protected:
    MastodonTest() {
        http.serve = [this](const HttpRequest& request) { return server.answer(request); };
    }
    Options options(std::vector<std::string> watch, std::map<std::string, std::string, std::less<>> more = {}) {
        Options options{.values = std::move(more), .lists = {{"watch", std::move(watch)}}};
        options.values.try_emplace("url", "https://social.example/");
        options.values.try_emplace("token_file", "secret\n");
        options.source = "care";
        options.own_accounts = {"nasma"};
        return options;
    }
    SourceEnv env() { return {http, sockets, clock, random, files}; }
    std::unique_ptr<Source> watching(std::vector<std::string> watch,
                                     std::map<std::string, std::string, std::less<>> more = {}) {
        auto made = find_source_kind("mastodon")->make(options(std::move(watch), std::move(more)), env());
        EXPECT_TRUE(made);
        return std::move(*made);
    }
    /// Polls until nothing more waits, as the poller does.
    std::vector<Mention> drain(Source& source, Cursor& cursor) {
        std::vector<Mention> all;
        for (int polls = 0; polls < 100; ++polls) {
            auto page = run_task(source.poll(cursor));
            EXPECT_TRUE(page) << page.error().what;
            if (!page) break;
            warnings.insert(warnings.end(), page->warnings.begin(), page->warnings.end());
            cursor = page->next;
            all.insert(all.end(), page->mentions.begin(), page->mentions.end());
            if (!page->more) break;
        }
        return all;
    }
    void add_many(const std::string& prefix, int count) {
        for (int i = 0; i < count; ++i) {
            clock.advance(std::chrono::seconds(10));
            server.add(prefix + std::to_string(i), "<p>coffee</p>");
        }
    }
    static std::set<std::string> uris(const std::vector<Mention>& mentions) {
        std::set<std::string> out;
        for (const auto& mention : mentions) out.insert(mention.key.native_id);
        return out;
    }

    FakeClock clock;
    FakeMastodon server{clock};
    FakeHttp http;
    FakeWebSockets sockets{clock};
    FakeRandom random;
    FakeFiles files;
    std::vector<std::string> warnings;
};

TEST_F(MastodonTest, makes_whole_mentions_of_notifications) {
    http.answers.push_back(HttpResponse{.status = 200, .body = data_file("mastodon/notifications.json")});
    auto page = run_task(watching({"mentions"})->poll({}));
    ASSERT_TRUE(page);
    ASSERT_EQ(page->mentions.size(), 2u) << "a private post and a boost are no mentions";
    const auto& mention = page->mentions[1];
    EXPECT_EQ(mention.key, (MentionKey{"mastodon", "https://far.example/users/amal/statuses/9"}));
    EXPECT_EQ(mention.source, "care");
    EXPECT_EQ(mention.author.handle, "amal@far.example");
    EXPECT_EQ(mention.author.name, "Amal");
    EXPECT_EQ(mention.author.followers, 42);
    EXPECT_EQ(mention.text, "cold coffee\n\n@nasma القهوة باردة\nhttps://far.example/menu/today");
    EXPECT_EQ(mention.language, "ar");
    EXPECT_EQ(mention.url, "https://far.example/@amal/9");
    EXPECT_EQ(mention.domain, "far.example");
    EXPECT_EQ(to_rfc3339(mention.created_at), "2026-03-01T10:00:00.000Z");
    EXPECT_EQ(to_rfc3339(mention.edited_at.value()), "2026-03-01T10:05:00.000Z");
    EXPECT_EQ(mention.revision, "2026-03-01T10:05:00.000Z");
    EXPECT_EQ(mention.visibility, Visibility::unlisted);
    EXPECT_EQ(mention.likes, 1);
    EXPECT_FALSE(mention.own);
    const auto& local = page->mentions[0];
    EXPECT_EQ(local.author.handle, "nasma@social.example") << "a user of this server gets its host";
    EXPECT_TRUE(local.own);
    EXPECT_EQ(mention.in_reply_to, local.key.native_id);
    EXPECT_EQ(mention.conversation, local.conversation);
    const auto& url = http.requests.at(0).url;
    EXPECT_TRUE(url.starts_with("https://social.example/api/v1/notifications?limit=80&")) << url;
    for (const char* part : {"types%5B%5D=mention", "include_types%5B%5D=mention", "include_filtered=true"})
        EXPECT_NE(url.find(part), std::string::npos) << part;
    EXPECT_EQ(FakeHttp::header(http.requests[0], "Authorization"), "Bearer secret");
}

TEST_F(MastodonTest, private_posts_are_taken_only_when_asked_for) {
    server.add("open", "<p>a</p>");
    server.add("secret", "<p>b</p>").visibility = "direct";
    server.add("strange", "<p>c</p>").visibility = "list";
    Cursor cursor;
    EXPECT_EQ(drain(*watching({"mentions"}), cursor).size(), 1u);
    cursor = {};
    auto all = drain(*watching({"mentions"}, {{"include_private", "true"}}), cursor);
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(all[1].visibility, Visibility::direct);
    EXPECT_EQ(all[2].visibility, Visibility::direct) << "what we do not know is treated as the closest circle";
}

TEST_F(MastodonTest, mentions_that_fill_many_pages_are_all_found) {
    server.quirks.page = 5;
    auto source = watching({"mentions"});
    Cursor cursor;
    server.add("first", "<p>x</p>");
    drain(*source, cursor);
    add_many("n", 100);
    auto mentions = drain(*source, cursor);
    EXPECT_EQ(uris(mentions).size(), 100u);
    EXPECT_EQ(mentions.size(), 100u);
    EXPECT_TRUE(drain(*source, cursor).empty());
}

TEST_F(MastodonTest, a_server_that_ignores_since_id_is_read_without_repeats_or_losses) {
    server.quirks.since_id = false;
    server.quirks.page = 7;
    auto source = watching({"mentions"});
    Cursor cursor;
    server.add("first", "<p>x</p>");
    drain(*source, cursor);
    add_many("n", 30);
    EXPECT_EQ(drain(*source, cursor).size(), 30u);
    EXPECT_TRUE(drain(*source, cursor).empty());
    http.requests.clear();
    drain(*source, cursor);
    EXPECT_LE(http.requests.size(), 2u) << "a page of known posts ends the walk";
}

TEST_F(MastodonTest, a_walk_broken_by_a_failure_goes_on_where_it_was) {
    server.quirks.page = 5;
    auto source = watching({"mentions"});
    Cursor cursor;
    server.add("first", "<p>x</p>");
    drain(*source, cursor);
    add_many("n", 90);
    auto half = run_task(source->poll(cursor));
    ASSERT_TRUE(half);
    EXPECT_TRUE(half->more);
    http.answers.push_back(Failure{Failure::Kind::unreachable, "cut"});
    auto failed = run_task(source->poll(half->next));
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().kind, Failure::Kind::unreachable);
    cursor = half->next;
    auto rest = drain(*source, cursor);
    auto found = uris(half->mentions);
    found.merge(uris(rest));
    EXPECT_EQ(found.size(), 90u);
}

TEST_F(MastodonTest, trouble_in_the_middle_of_a_poll_keeps_what_was_read) {
    auto source = watching({"mentions", "public"});
    server.add("a", "<p>x</p>");
    http.answers.push_back(server.answer(HttpRequest{.url = "https://social.example/api/v1/notifications?limit=80"}));
    http.answers.push_back(HttpResponse{.status = 429, .headers = {{"Retry-After", "30"}}});
    auto page = run_task(source->poll({}));
    ASSERT_TRUE(page);
    EXPECT_EQ(page->mentions.size(), 1u);
    EXPECT_EQ(page->not_before, std::chrono::seconds(30));
    server.add("b", "<p>y</p>").mentions_us = false;
    Cursor cursor = page->next;
    EXPECT_EQ(drain(*source, cursor).size(), 1u);
}

TEST_F(MastodonTest, a_post_that_federates_late_is_found_within_the_overlap) {
    auto source = watching({"tag:coffee"});
    Cursor cursor;
    add_many("n", 30);
    drain(*source, cursor);
    server.add("late", "<p>late</p>", clock.now() - std::chrono::minutes(4));
    clock.advance(std::chrono::minutes(1));
    auto mentions = drain(*source, cursor);
    ASSERT_EQ(mentions.size(), 1u);
    EXPECT_TRUE(mentions[0].key.native_id.ends_with("/late"));
}

TEST_F(MastodonTest, on_a_busy_timeline_a_late_post_is_found_when_the_overlap_is_walked_again) {
    server.quirks.page = 10;
    auto source = watching({"public"});
    Cursor cursor;
    server.add("first", "<p>x</p>");
    drain(*source, cursor);
    add_many("n", 200);
    EXPECT_EQ(drain(*source, cursor).size(), 200u);
    server.add("late", "<p>late</p>", clock.now() - std::chrono::minutes(25));
    std::vector<Mention> found;
    for (int minute = 0; minute < 16 && found.empty(); ++minute) {
        clock.advance(std::chrono::minutes(1));
        found = drain(*source, cursor);
    }
    ASSERT_EQ(found.size(), 1u);
    EXPECT_TRUE(found[0].key.native_id.ends_with("/late"));
}

TEST_F(MastodonTest, once_a_day_a_whole_day_is_walked_again) {
    server.quirks.page = 3;
    auto source = watching({"tag:coffee"});
    Cursor cursor;
    add_many("n", 3);
    drain(*source, cursor);
    clock.advance(std::chrono::hours(5));
    add_many("k", 6);
    drain(*source, cursor);
    clock.advance(std::chrono::hours(15));
    add_many("m", 3);
    drain(*source, cursor);
    server.add("very-late", "<p>late</p>", clock.now() - std::chrono::hours(18));
    clock.advance(std::chrono::minutes(20));
    EXPECT_TRUE(drain(*source, cursor).empty()) << "beyond the overlap";
    clock.advance(std::chrono::hours(4));
    auto found = drain(*source, cursor);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_TRUE(found[0].key.native_id.ends_with("/very-late"));
}

TEST_F(MastodonTest, a_walk_whose_anchor_was_deleted_is_begun_again_without_loss) {
    server.quirks.page = 5;
    server.quirks.max_id_exact = true;
    auto source = watching({"public"});
    Cursor cursor;
    server.add("first", "<p>x</p>");
    drain(*source, cursor);
    add_many("n", 100);
    auto half = run_task(source->poll(cursor));
    ASSERT_TRUE(half && half->more);
    auto position = MastodonCursor::read(half->next);
    ASSERT_TRUE(position && position->watches.at("public").walk);
    const auto* anchor = server.find(position->watches.at("public").walk->max_id);
    ASSERT_TRUE(anchor);
    server.remove(anchor->uri.substr(anchor->uri.rfind('/') + 1));
    auto found = uris(half->mentions);
    cursor = half->next;
    found.merge(uris(drain(*source, cursor)));
    clock.advance(std::chrono::minutes(1));
    found.merge(uris(drain(*source, cursor)));
    EXPECT_EQ(found.size(), 100u);
}

TEST_F(MastodonTest, one_post_seen_by_several_watches_is_one_mention) {
    server.add("a", "<p>coffee</p>");
    Cursor cursor;
    EXPECT_EQ(drain(*watching({"mentions", "public", "tag:coffee", "search:coffee"}), cursor).size(), 1u);
}

TEST_F(MastodonTest, one_watch_that_is_forbidden_does_not_stop_the_others) {
    auto source = watching({"mentions", "search:coffee"});
    server.add("a", "<p>coffee</p>");
    http.serve = [this](const HttpRequest& request) -> Result<HttpResponse> {
        if (request.url.find("/search") != std::string::npos)
            return HttpResponse{.status = 403, .body = R"({"error":"This action is outside the authorized scopes"})"};
        return server.answer(request);
    };
    auto page = run_task(source->poll({}));
    ASSERT_TRUE(page);
    EXPECT_EQ(page->mentions.size(), 1u);
    ASSERT_EQ(page->warnings.size(), 1u);
    EXPECT_EQ(page->warnings[0],
              "search:coffee: the server answered 403: This action is outside the authorized scopes");
}

TEST_F(MastodonTest, edits_and_deletes_are_found_on_servers_without_a_batch) {
    server.quirks.batch = false;
    auto source = watching({"mentions"});
    Cursor cursor;
    add_many("n", 4);
    drain(*source, cursor);
    server.named("n1")->content = "<p>changed</p>";
    server.named("n1")->edited_at = clock.now();
    server.remove("n2");
    std::vector<Mention> found;
    for (int i = 0; i < 3; ++i) {
        clock.advance(std::chrono::minutes(11));
        for (auto& mention : drain(*source, cursor)) found.push_back(mention);
    }
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(std::count_if(found.begin(), found.end(), [](const Mention& mention) { return mention.deleted; }), 1);
    EXPECT_EQ(
        std::count_if(found.begin(), found.end(), [](const Mention& mention) { return mention.text == "changed"; }), 1);
}

TEST_F(MastodonTest, a_server_that_suddenly_denies_every_post_buries_none) {
    server.quirks.batch = false;
    auto source = watching({"mentions"});
    Cursor cursor;
    add_many("n", 5);
    drain(*source, cursor);
    http.serve = [this](const HttpRequest& request) -> Result<HttpResponse> {
        if (request.url.find("/statuses") != std::string::npos) return HttpResponse{.status = 404};
        return server.answer(request);
    };
    for (int i = 0; i < 4; ++i) {
        clock.advance(std::chrono::minutes(11));
        EXPECT_TRUE(drain(*source, cursor).empty());
    }
    EXPECT_FALSE(warnings.empty());
}

TEST_F(MastodonTest, a_spent_request_budget_says_when_there_is_a_new_one) {
    clock.set("2026-03-01T12:00:00Z");
    server.headers = {{"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", "2026-03-01T12:04:30.123456Z"}};
    server.add("a", "<p>x</p>");
    auto page = run_task(watching({"mentions", "public"})->poll({}));
    ASSERT_TRUE(page);
    EXPECT_EQ(http.requests.size(), 1u);
    EXPECT_EQ(page->not_before, std::chrono::seconds(271));
    http.answers.push_back(
        HttpResponse{.status = 429, .headers = server.headers, .body = R"({"error":"Too many requests"})"});
    auto limited = run_task(watching({"mentions"})->poll({}));
    ASSERT_FALSE(limited);
    EXPECT_EQ(limited.error().retry_after, std::chrono::seconds(271));
}

TEST_F(MastodonTest, threads_are_named_alike_whether_or_not_their_root_was_seen) {
    auto source = watching({"mentions"});
    Cursor cursor;
    auto root = server.add("root", "<p>root</p>");
    server.add("answer", "<p>answer</p>").in_reply_to_id = root.id;
    server.add("orphan1", "<p>x</p>").in_reply_to_id = "999";
    server.add("orphan2", "<p>y</p>").in_reply_to_id = "999";
    auto mentions = drain(*source, cursor);
    ASSERT_EQ(mentions.size(), 4u);
    EXPECT_EQ(mentions[1].in_reply_to, root.uri);
    EXPECT_EQ(mentions[1].conversation, mentions[0].conversation);
    EXPECT_EQ(mentions[2].in_reply_to, "");
    EXPECT_EQ(mentions[2].conversation, mentions[3].conversation);
    EXPECT_NE(mentions[2].conversation, mentions[0].conversation);
    server.add("later", "<p>z</p>").in_reply_to_id = root.id;
    EXPECT_EQ(drain(*source, cursor).at(0).conversation, mentions[0].conversation);
}

TEST_F(MastodonTest, pleroma_names_its_conversations_itself) {
    server.quirks.pleroma = true;
    server.add("a", "<p>x</p>");
    Cursor cursor;
    EXPECT_EQ(drain(*watching({"mentions"}), cursor).at(0).conversation, "social.example/conversation/4711");
}

TEST(MastodonCursor, stays_small_and_keeps_the_newest) {
    MastodonCursor cursor;
    for (int i = 0; i < 10000; ++i) {
        const auto name = "https://far.example/users/somebody/statuses/" + std::to_string(100000 + i);
        cursor.remember_seen(std::to_string(1000000000000000 + i));
        cursor.remember_post({std::to_string(i), name, "", "social.example/" + std::to_string(i), from_micros(i)});
    }
    const auto token = cursor.write();
    EXPECT_LT(token.token.size(), 100u << 10);
    auto read = MastodonCursor::read(token);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->write(), token);
    EXPECT_TRUE(read->was_seen(std::to_string(1000000000000000 + 9999)));
    EXPECT_FALSE(read->was_seen(std::to_string(1000000000000000)));
    EXPECT_TRUE(read->post_with_id("9999"));
    EXPECT_FALSE(read->post_with_id("0"));
}

TEST_F(MastodonTest, refuses_watches_that_mean_nothing_or_need_a_token) {
    const auto& kind = *find_source_kind("mastodon");
    EXPECT_FALSE(kind.make(options({"hashtag:x"}), env()));
    EXPECT_FALSE(kind.make(options({"tag:"}), env()));
    EXPECT_FALSE(kind.make(options({}), env()));
    EXPECT_FALSE(kind.make(options({"mentions"}, {{"token_file", ""}}), env()));
    EXPECT_TRUE(kind.make(options({"tag:#coffee", "public"}, {{"token_file", ""}}), env()));
}

class MastodonPublisherTest : public MastodonTest {
protected:
    std::unique_ptr<Publisher> publisher(std::map<std::string, std::string, std::less<>> more = {}) {
        return find_source_kind("mastodon")->make_publisher(options({"mentions"}, std::move(more)), env());
    }
    static std::string token(const std::string& visibility = "unlisted", const std::string& acct = "amal@far.example") {
        return R"({"id":"1141","host":"social.example","acct":")" + acct + R"(","visibility":")" + visibility +
               R"(","language":"ar","spoiler":"cw"})";
    }
    void accept() {
        http.answers.push_back(HttpResponse{
            .status = 200,
            .body =
                R"({"id":"5","uri":"https://social.example/users/nasma/statuses/5","url":"https://social.example/@nasma/5"})"});
    }
    Result<Published> reply(std::string text, std::string reply_token = token()) {
        return run_task(publisher()->publish(
            {.token = std::move(reply_token), .text = std::move(text), .language = "ar", .idempotency_key = "key-1"}));
    }
    JsonDocument sent() { return *parse_json(http.requests.back().body); }
};

TEST_F(MastodonPublisherTest, a_reply_keeps_the_visibility_and_addresses_its_author) {
    accept();
    auto published = reply("نعتذر منك");
    ASSERT_TRUE(published);
    EXPECT_EQ(published->native_id, "https://social.example/users/nasma/statuses/5");
    EXPECT_EQ(published->url, "https://social.example/@nasma/5");
    const auto& request = http.requests.back();
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.url, "https://social.example/api/v1/statuses");
    EXPECT_EQ(FakeHttp::header(request, "Idempotency-Key"), "key-1");
    EXPECT_EQ(FakeHttp::header(request, "Authorization"), "Bearer secret");
    auto body = sent();
    EXPECT_EQ(body.root()["status"].string(), "@amal@far.example نعتذر منك");
    EXPECT_EQ(body.root()["in_reply_to_id"].string(), "1141");
    EXPECT_EQ(body.root()["visibility"].string(), "unlisted");
    EXPECT_EQ(body.root()["language"].string(), "ar");
    EXPECT_EQ(body.root()["spoiler_text"].string(), "cw");
}

TEST_F(MastodonPublisherTest, a_chosen_visibility_narrows_and_never_widens) {
    const auto word = [&](Visibility chosen, const std::string& of_parent) {
        accept();
        PublishRequest request{.token = token(of_parent), .text = "sorry", .idempotency_key = "key-1"};
        request.visibility = chosen;
        EXPECT_TRUE(run_task(publisher()->publish(request)));
        return std::string(sent().root()["visibility"].text_or(""));
    };
    EXPECT_EQ(word(Visibility::direct, "public"), "direct");
    EXPECT_EQ(word(Visibility::followers, "unlisted"), "private");
    EXPECT_EQ(word(Visibility::open, "private"), "private");
    EXPECT_EQ(word(Visibility::unlisted, "direct"), "direct");
    EXPECT_EQ(word(Visibility::open, "public"), "public");
}

TEST(ReplyForms, are_those_of_the_platform_unless_the_source_says_otherwise) {
    const auto* mastodon = find_source_kind("mastodon");
    ASSERT_TRUE(mastodon);
    EXPECT_EQ(reply_form_of(*mastodon, {}, "mastodon").limit, 500);
    EXPECT_EQ(reply_form_of(*mastodon, {.values = {{"longest_reply", "5000"}}}, "mastodon").limit, 5000);
    EXPECT_EQ(reply_form_of(*mastodon, {.values = {{"longest_reply", "-3"}}}, "mastodon").limit, 1);
    EXPECT_EQ(reply_form_of(*mastodon, {}, "mastodon").visibilities.size(), 4u);
    const auto* replay = find_source_kind("replay");
    ASSERT_TRUE(replay);
    EXPECT_EQ(reply_form_of(*replay, {}, "x").unit, LengthUnit::weighted);
    EXPECT_EQ(reply_form_of(*replay, {}, "x").limit, 280);
    EXPECT_EQ(reply_form_of(*replay, {}, "bluesky").limit, 300);
    EXPECT_EQ(reply_form_of(*replay, {}, "somewhere"), unknown_reply_form());
}

TEST_F(MastodonPublisherTest, the_author_is_addressed_once) {
    const std::pair<std::string, std::string> kCases[] = {
        {"Hi @Amal@far.example, sorry", "Hi @Amal@far.example, sorry"},
        {"Hi @amal@far.example. Sorry", "Hi @amal@far.example. Sorry"},
        {"Hi @amal@far.example.org", "@amal@far.example Hi @amal@far.example.org"},
        {"Hi @amal", "@amal@far.example Hi @amal"},
    };
    for (const auto& [written, posted] : kCases) {
        accept();
        ASSERT_TRUE(reply(written));
        EXPECT_EQ(sent().root()["status"].string(), posted);
    }
    accept();
    ASSERT_TRUE(reply("Hi @amal@social.example", token("public", "amal")));
    EXPECT_EQ(sent().root()["status"].string(), "Hi @amal@social.example");
    accept();
    ASSERT_TRUE(reply("Hi @amalia", token("public", "amal")));
    EXPECT_EQ(sent().root()["status"].string(), "@amal Hi @amalia");
}

TEST_F(MastodonPublisherTest, an_outcome_that_nobody_knows_is_called_so) {
    for (auto answer : {Result<HttpResponse>(Failure{Failure::Kind::unreachable, "no answer"}),
                        Result<HttpResponse>(HttpResponse{.status = 502}),
                        Result<HttpResponse>(HttpResponse{.status = 200, .body = "<html>"}),
                        Result<HttpResponse>(HttpResponse{.status = 200, .body = "{}"})}) {
        http.answers.push_back(answer);
        auto published = reply("x");
        ASSERT_FALSE(published);
        EXPECT_EQ(published.error().kind, Failure::Kind::unknown_outcome);
    }
    EXPECT_TRUE(publisher()->repeatable());
    EXPECT_FALSE(publisher({{"idempotent", "false"}})->repeatable());
}

TEST_F(MastodonPublisherTest, an_answer_that_says_no_is_known_not_to_have_been_published) {
    http.answers.push_back(HttpResponse{.status = 422, .body = R"({"error":"Validation failed: Text is too long"})"});
    auto refused = reply("x");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, Failure::Kind::refused);
    EXPECT_NE(refused.error().what.find("too long"), std::string::npos);
    http.answers.push_back(HttpResponse{.status = 503, .headers = {{"Retry-After", "30"}}});
    auto busy = reply("x");
    ASSERT_FALSE(busy);
    EXPECT_EQ(busy.error().kind, Failure::Kind::unreachable);
    EXPECT_EQ(busy.error().retry_after, std::chrono::seconds(30));
}

TEST_F(MastodonPublisherTest, reshares_and_likes_the_post_and_hides_nothing) {
    accept();
    auto reshared = run_task(publisher()->publish({.action = PublishAction::reshare, .token = token()}));
    ASSERT_TRUE(reshared);
    EXPECT_EQ(http.requests.back().url, "https://social.example/api/v1/statuses/1141/reblog");
    accept();
    ASSERT_TRUE(run_task(publisher()->publish({.action = PublishAction::like, .token = token()})));
    EXPECT_EQ(http.requests.back().url, "https://social.example/api/v1/statuses/1141/favourite");
    auto hidden = run_task(publisher()->publish({.action = PublishAction::hide, .token = token()}));
    ASSERT_FALSE(hidden);
    EXPECT_EQ(hidden.error().kind, Failure::Kind::refused);
}

TEST_F(MastodonPublisherTest, a_token_of_another_server_or_none_is_refused_unsent) {
    for (std::string bad : {"", "x", "{}", R"({"id":"1","host":"other.example","acct":"a"})"}) {
        auto published = reply("x", bad);
        ASSERT_FALSE(published);
        EXPECT_EQ(published.error().kind, Failure::Kind::refused);
    }
    EXPECT_TRUE(http.requests.empty());
}

}  // namespace
}  // namespace rasid

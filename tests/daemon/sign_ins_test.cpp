#include "daemon/sign_ins.hpp"

#include "daemon/unsigned_source.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_files.hpp"
#include "tests/support/fake_http.hpp"
#include "tests/support/fake_private_files.hpp"
#include "tests/support/fake_random.hpp"
#include "tests/support/fake_websocket.hpp"
#include "tests/support/run_task.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace rasid {
namespace {

using namespace std::chrono_literals;

HttpResponse json(std::string body, int status = 200) { return {.status = status, .body = std::move(body)}; }

/// The value of a parameter of an address or a form.
std::string parameter(const std::string& text, const std::string& name) {
    const auto at = text.find(name + "=");
    if (at == std::string::npos) return {};
    const auto begin = at + name.size() + 1;
    return text.substr(begin, text.find('&', begin) - begin);
}

Task<bool> done(Task<void> task) {
    co_await std::move(task);
    co_return true;
}

class SignInsTest : public testing::Test {
protected:
    SignInsTest() {
        source.name = "toots";
        source.kind = "mastodon";
        source.options["url"].text = "https://social.example";
        source.options["watch"].list = {"mentions"};
        http.serve = [this](const HttpRequest& request) { return serve(request); };
    }

    Result<HttpResponse> serve(const HttpRequest& request) {
        if (request.url.ends_with("/api/v1/apps")) return json(R"({"client_id":"app","client_secret":"s3cret"})");
        if (request.url.ends_with("/verify_credentials")) return json(R"({"acct":"nasma"})");
        if (request.url.ends_with("/oauth/token")) return token;
        if (request.url.ends_with("/oauth/revoke")) return json("{}");
        return Failure{Failure::Kind::unreachable, "nobody answers"};
    }
    const HttpRequest* asked(const std::string& end) const {
        for (auto request = http.requests.rbegin(); request != http.requests.rend(); ++request)
            if (request->url.ends_with(end)) return &*request;
        return nullptr;
    }
    int times_asked(const std::string& end) const {
        return static_cast<int>(std::ranges::count_if(
            http.requests, [&](const HttpRequest& request) { return request.url.ends_with(end); }));
    }
    /// The state of a sign-in that was begun.
    std::string begin(const std::string& session = "session") {
        const auto url = run_task(sign_ins.begin("toots", session));
        EXPECT_TRUE(url);
        address = url ? *url : std::string();
        return parameter(address, "state");
    }
    Result<std::string> finish(SignInAnswer answer, const std::string& session = "session") {
        return run_task(sign_ins.finish(std::move(answer), session));
    }
    Failure::Kind refusal(SignInAnswer answer, const std::string& session = "session") {
        const auto ended = finish(std::move(answer), session);
        EXPECT_FALSE(ended);
        return ended ? Failure::Kind::malformed : ended.error().kind;
    }
    void sign_in() { EXPECT_TRUE(finish({.state = begin(), .code = "c0de"})); }
    void refresh_due() { run_task(done(sign_ins.refresh_due())); }
    bool knows_nothing() { return files.content.empty() && sign_ins.token_for(source).empty(); }

    FakeHttp http;
    FakeClock clock;
    FakeRandom random;
    FakePrivateFiles files;
    SourceConfig source;
    Result<HttpResponse> token =
        json(R"({"access_token":"acc3ss","refresh_token":"r3fresh","token_type":"Bearer","expires_in":7200})");
    std::string address;
    std::vector<std::string> restarted;
    SignIns sign_ins{{http, clock, random, files,
                      [this](std::string_view name) { return name == source.name ? &source : nullptr; },
                      "https://rasid.example/api/v1/sign-ins/callback",
                      [this](std::string name) { return restart(std::move(name)); }}};

private:
    Task<void> restart(std::string name) {
        restarted.push_back(std::move(name));
        co_return;
    }
};

TEST_F(SignInsTest, begin_register_and_end_with_a_token_for_the_source) {
    const auto state = begin();
    EXPECT_TRUE(address.starts_with("https://social.example/oauth/authorize?response_type=code&client_id=app&"));
    EXPECT_EQ(parameter(address, "redirect_uri"), url_encode("https://rasid.example/api/v1/sign-ins/callback"));
    EXPECT_EQ(parameter(address, "code_challenge_method"), "S256");
    EXPECT_TRUE(knows_nothing());

    const auto ended = finish({.state = state, .code = "c0de", .iss = "https://social.example/"});
    ASSERT_TRUE(ended) << ended.error().what;
    EXPECT_EQ(*ended, "toots");
    const auto form = asked("/oauth/token")->body;
    EXPECT_EQ(parameter(form, "code"), "c0de");
    EXPECT_EQ(pkce_challenge(parameter(form, "code_verifier")), parameter(address, "code_challenge"));
    EXPECT_EQ(parameter(form, "redirect_uri"), parameter(address, "redirect_uri")) << "the same, to the letter";
    EXPECT_EQ(parameter(form, "client_secret"), "s3cret");
    EXPECT_EQ(sign_ins.token_for(source), "acc3ss");
    EXPECT_EQ(kept_token_for(files, source), "acc3ss");
    EXPECT_EQ(restarted, (std::vector<std::string>{"toots"}));
    const auto facts = sign_ins.facts("toots");
    ASSERT_TRUE(facts);
    EXPECT_TRUE(facts->signed_in && facts->renews);
    EXPECT_EQ(facts->account, "nasma");
    EXPECT_EQ(facts->until, clock.now() + 2h);
}

TEST_F(SignInsTest, change_nothing_for_a_hostile_answer) {
    const auto state = begin();
    EXPECT_EQ(refusal({.state = "guessed", .code = "c"}), Failure::Kind::conflict);
    EXPECT_EQ(refusal({.code = "c"}), Failure::Kind::conflict);
    EXPECT_EQ(refusal({.state = state, .code = "c"}, "another session"), Failure::Kind::conflict);
    EXPECT_EQ(refusal({.state = state, .code = "c"}), Failure::Kind::conflict) << "who shows it burns it";
    EXPECT_EQ(refusal({.state = begin(), .code = "c", .iss = "https://evil.example"}), Failure::Kind::refused);
    EXPECT_EQ(refusal({.state = begin(), .error = "access_denied"}), Failure::Kind::unauthorized);
    EXPECT_EQ(refusal({.state = begin(), .code = "c", .error = "access_denied"}), Failure::Kind::unauthorized);
    EXPECT_EQ(refusal({.state = begin()}), Failure::Kind::malformed);
    const auto late = begin();
    clock.advance(10min + 1s);
    EXPECT_EQ(refusal({.state = late, .code = "c"}), Failure::Kind::conflict);
    EXPECT_EQ(times_asked("/oauth/token"), 0) << "no code of a stranger is sent anywhere";
    EXPECT_TRUE(knows_nothing());
    EXPECT_TRUE(restarted.empty());
}

TEST_F(SignInsTest, count_an_answer_once) {
    const auto state = begin();
    ASSERT_TRUE(finish({.state = state, .code = "c0de"}));
    EXPECT_EQ(refusal({.state = state, .code = "c0de"}), Failure::Kind::conflict);
    const auto failing = begin();
    token = Failure{Failure::Kind::unreachable, "nobody answers"};
    EXPECT_EQ(refusal({.state = failing, .code = "c"}), Failure::Kind::unreachable);
    EXPECT_EQ(refusal({.state = failing, .code = "c"}), Failure::Kind::conflict);
    EXPECT_EQ(sign_ins.token_for(source), "acc3ss") << "what stood stands";
}

TEST_F(SignInsTest, say_what_is_missing) {
    SignIns homeless({http, clock, random, files, [this](std::string_view) { return &source; }, "", {}});
    const auto refused = run_task(homeless.begin("toots", "s"));
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().what.find("public_url"), std::string::npos);
    EXPECT_EQ(run_task(sign_ins.begin("nothing", "s")).error().kind, Failure::Kind::not_found);
    source.options["token_file"].text = "/etc/rasid/token";
    EXPECT_EQ(run_task(sign_ins.begin("toots", "s")).error().kind, Failure::Kind::refused) << "a configured file wins";
    EXPECT_FALSE(sign_ins.facts("toots"));
    EXPECT_TRUE(http.requests.empty());
}

TEST_F(SignInsTest, keep_nothing_that_cannot_be_kept) {
    files.full = true;
    EXPECT_EQ(refusal({.state = begin(), .code = "c0de"}), Failure::Kind::refused);
    EXPECT_TRUE(knows_nothing());
}

TEST_F(SignInsTest, refresh_before_the_end_and_keep_the_new_token_first) {
    sign_in();
    clock.advance(1h);
    refresh_due();
    EXPECT_EQ(times_asked("/oauth/token"), 1) << "it is good for another hour";
    clock.advance(56min);
    token = json(R"({"access_token":"n3w","refresh_token":"r0tated","expires_in":7200})");
    refresh_due();
    EXPECT_EQ(parameter(asked("/oauth/token")->body, "refresh_token"), "r3fresh");
    EXPECT_EQ(sign_ins.token_for(source), "n3w");
    EXPECT_EQ(parse_grant(files.content["toots"])->refresh_token, "r0tated");
    EXPECT_EQ(restarted.size(), 2u);
    refresh_due();
    EXPECT_EQ(times_asked("/oauth/token"), 2);
}

TEST_F(SignInsTest, keep_what_they_have_while_the_platform_is_away) {
    sign_in();
    clock.advance(1h + 56min);
    token = json("", 503);
    refresh_due();
    EXPECT_EQ(sign_ins.token_for(source), "acc3ss");
    EXPECT_EQ(restarted.size(), 1u);
    token = json(R"({"access_token":"n3w","expires_in":7200})");
    refresh_due();
    EXPECT_EQ(sign_ins.token_for(source), "n3w");
    EXPECT_EQ(parse_grant(files.content["toots"])->refresh_token, "r3fresh") << "none came: the old one stands";
}

TEST_F(SignInsTest, end_when_the_platform_took_the_grant_back) {
    sign_in();
    clock.advance(1h + 56min);
    token = json(R"({"error":"invalid_grant"})", 400);
    refresh_due();
    EXPECT_EQ(sign_ins.token_for(source), "");
    EXPECT_EQ(files.content["toots"].find("r3fresh"), std::string::npos);
    EXPECT_EQ(restarted.size(), 2u) << "the source asks for a person";
    const auto facts = sign_ins.facts("toots");
    EXPECT_FALSE(facts->signed_in);
    EXPECT_EQ(facts->account, "nasma");
    refresh_due();
    EXPECT_EQ(times_asked("/oauth/token"), 2) << "asked once";
}

TEST_F(SignInsTest, sign_out_here_and_at_the_platform) {
    sign_in();
    ASSERT_TRUE(run_task(sign_ins.sign_out("toots")));
    EXPECT_EQ(parameter(asked("/oauth/revoke")->body, "token"), "r3fresh");
    EXPECT_TRUE(knows_nothing());
    EXPECT_EQ(restarted.size(), 2u);
    EXPECT_EQ(run_task(sign_ins.sign_out("toots")).error().kind, Failure::Kind::not_found);
}

TEST_F(SignInsTest, show_a_token_to_no_other_platform) {
    sign_in();
    source.options["url"].text = "https://evil.example";
    EXPECT_EQ(sign_ins.token_for(source), "");
    EXPECT_EQ(kept_token_for(files, source), "");
    EXPECT_FALSE(sign_ins.facts("toots")->signed_in);
    clock.advance(3h);
    refresh_due();
    EXPECT_EQ(times_asked("/oauth/token"), 1);
    const auto moved = begin();
    source.options["url"].text = "https://social.example";
    EXPECT_EQ(refusal({.state = moved, .code = "c"}), Failure::Kind::conflict) << "it was begun at another";
}

TEST_F(SignInsTest, outlive_a_restart) {
    sign_in();
    SignIns again({http, clock, random, files, [this](std::string_view) { return &source; }, "", {}});
    EXPECT_EQ(again.token_for(source), "acc3ss");
    EXPECT_EQ(again.facts("toots")->account, "nasma");
    files.content["toots"] = "torn";
    SignIns torn({http, clock, random, files, [this](std::string_view) { return &source; }, "", {}});
    EXPECT_EQ(torn.token_for(source), "");
}

TEST(UnsignedSource, asks_for_a_person_where_all_that_is_missing_is_a_token) {
    FakeHttp http;
    FakeClock clock;
    FakeWebSockets sockets(clock);
    FakeRandom random;
    FakeFiles files;
    const SourceEnv env{http, sockets, clock, random, files};
    const auto& kind = *find_source_kind("mastodon");
    Options options;
    options.values["url"] = "https://social.example";
    options.lists["watch"] = {"mentions"};
    auto made = make_or_ask(kind, options, env);
    ASSERT_TRUE(made);
    const auto polled = run_task((*made)->poll({}));
    ASSERT_FALSE(polled);
    EXPECT_EQ(polled.error().kind, Failure::Kind::unauthorized);
    EXPECT_NE(polled.error().what.find("signed out"), std::string::npos);
    EXPECT_TRUE(http.requests.empty());
    options.lists["watch"] = {"nonsense"};
    EXPECT_FALSE(make_or_ask(kind, options, env)) << "a token would not help";
}

}  // namespace
}  // namespace rasid

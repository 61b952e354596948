#include "connectors/sign_in.hpp"

#include "connectors/source_kind.hpp"
#include "connectors/sources/mastodon_api.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace rasid {
namespace {

using namespace std::chrono_literals;

const Instant kNow = *parse_rfc3339("2026-03-01T12:00:00Z");

HttpResponse answer(std::string body, int status = 200) { return {.status = status, .body = std::move(body)}; }

std::string header_of(const HttpRequest& request, std::string_view name) {
    for (const auto& header : request.headers)
        if (header.name == name) return header.value;
    return {};
}

TEST(SignIn, makes_the_challenge_of_the_standard) {
    // RFC 7636, appendix B.
    EXPECT_EQ(pkce_challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
              "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

TEST(SignIn, sends_the_person_with_challenge_state_and_the_exact_way_back) {
    auto way = *mastodon_sign_in("https://social.example");
    way.scopes = "read:statuses write:statuses";
    EXPECT_EQ(authorize_address(way, "app id", "https://rasid.example/back?x", "st&te", "challenge"),
              "https://social.example/oauth/authorize?response_type=code&client_id=app%20id"
              "&redirect_uri=https%3A%2F%2Frasid.example%2Fback%3Fx"
              "&scope=read%3Astatuses%20write%3Astatuses&state=st%26te"
              "&code_challenge=challenge&code_challenge_method=S256");
}

TEST(SignIn, asks_for_a_token_with_the_verifier_and_names_itself) {
    const SignInClient client{"id", "s&cret"};
    const auto in_form =
        code_request(*mastodon_sign_in("https://social.example/"), client, "c0de", "verifier", "https://r/b");
    EXPECT_EQ(in_form.method, "POST");
    EXPECT_EQ(in_form.url, "https://social.example/oauth/token");
    EXPECT_EQ(in_form.body,
              "grant_type=authorization_code&code=c0de&code_verifier=verifier&redirect_uri=https%3A%2F%2Fr%2Fb"
              "&client_id=id&client_secret=s%26cret");
    EXPECT_EQ(header_of(in_form, "Content-Type"), "application/x-www-form-urlencoded");
}

TEST(SignIn, keeps_secrets_out_of_addresses) {
    Grant grant{.access_token = "acc3ss", .refresh_token = "r3fresh", .client = {"id", "s3cret"}};
    const auto way = *mastodon_sign_in("https://social.example");
    for (const auto& request :
         {code_request(way, grant.client, "c0de", "v3rifier", "https://r"), refresh_request(way, grant),
          revoke_request(way, grant), account_request(way, grant.access_token)}) {
        for (const auto* secret : {"acc3ss", "r3fresh", "s3cret", "c0de", "v3rifier"})
            EXPECT_EQ(request.url.find(secret), std::string::npos) << request.url;
        EXPECT_TRUE(request.url.starts_with("https://")) << request.url;
    }
}

TEST(SignIn, believes_the_issuer_it_asked_and_no_other) {
    const auto way = *mastodon_sign_in("https://social.example");
    EXPECT_TRUE(is_issuer(way, ""));
    EXPECT_TRUE(is_issuer(way, "https://social.example"));
    EXPECT_TRUE(is_issuer(way, "https://social.example/"));
    EXPECT_FALSE(is_issuer(way, "https://evil.example"));
    EXPECT_FALSE(is_issuer(way, "https://social.example.evil.example"));
    EXPECT_FALSE(is_issuer(way, "http://social.example"));
    EXPECT_TRUE(is_issuer(*mastodon_sign_in("https://a.example:8443/"), "https://a.example:8443"));
}

TEST(SignIn, reads_a_grant) {
    const auto grant = read_grant(
        answer(R"({"access_token":"a","refresh_token":"r","token_type":"Bearer","expires_in":7200,"scope":"x"})"),
        kNow);
    ASSERT_TRUE(grant);
    EXPECT_EQ(grant->access_token, "a");
    EXPECT_EQ(grant->refresh_token, "r");
    EXPECT_EQ(grant->expires_at, kNow + 2h);
    const auto lasting = read_grant(answer(R"({"access_token":"a","token_type":"Bearer"})"), kNow);
    ASSERT_TRUE(lasting);
    EXPECT_FALSE(lasting->expires_at);
}

TEST(SignIn, refuses_what_is_no_grant_and_repeats_nothing_of_it) {
    for (const auto* body :
         {"", "[]", "{}", R"({"access_token":""})", R"({"access_token":"a b"})", R"({"access_token":"a\r\nX: y"})",
          R"({"access_token":"a","token_type":"mac"})", R"({"access_token":"a","refresh_token":"\u0000"})"}) {
        EXPECT_FALSE(read_grant(answer(body), kNow)) << body;
    }
    const auto spent =
        read_grant(answer(R"({"error":"invalid_grant","error_description":"c0de is spent"})", 400), kNow);
    ASSERT_FALSE(spent);
    EXPECT_EQ(spent.error().kind, Failure::Kind::unauthorized);
    EXPECT_NE(spent.error().what.find("invalid_grant"), std::string::npos);
    EXPECT_EQ(spent.error().what.find("c0de"), std::string::npos);
    const auto stranger = read_grant(answer(R"({"error":"invalid_client"})", 401), kNow);
    EXPECT_EQ(stranger.error().kind, Failure::Kind::refused) << "the app is wrong; the grant may be good";
    EXPECT_EQ(read_grant(answer("", 503), kNow).error().kind, Failure::Kind::unreachable);
}

TEST(SignIn, reads_who_signed_in) {
    const auto way = *mastodon_sign_in("https://s.example");
    EXPECT_EQ(read_account(way, answer(R"({"acct":"nasma"})")), "nasma");
    EXPECT_EQ(read_account(way, answer(R"({"acct":"a\nb"})")), "a b");
    EXPECT_EQ(read_account(way, answer(R"({"name":"other"})")), "");
    EXPECT_EQ(read_account(way, answer("no", 403)), "");
}

TEST(SignIn, knows_when_to_refresh_and_what_stays) {
    Grant grant{.access_token = "a",
                .refresh_token = "r",
                .expires_at = kNow + 6min,
                .account = "nasma",
                .token_url = "https://s/token",
                .client = {"id", "secret"}};
    EXPECT_FALSE(is_refresh_due(grant, kNow));
    EXPECT_TRUE(is_refresh_due(grant, kNow + 1min));
    EXPECT_TRUE(is_refresh_due(grant, kNow + 24h));
    const auto kept = refreshed(grant, {.access_token = "b"});
    EXPECT_EQ(kept.refresh_token, "r") << "none came: the old one stands";
    EXPECT_EQ(kept.account, "nasma");
    EXPECT_EQ(kept.client, grant.client);
    EXPECT_EQ(refreshed(grant, {.access_token = "b", .refresh_token = "r2"}).refresh_token, "r2");
    grant.refresh_token.clear();
    EXPECT_FALSE(is_refresh_due(grant, kNow + 24h));
}

TEST(SignIn, keeps_a_grant_as_text) {
    const Grant grant{.access_token = "a",
                      .refresh_token = "r",
                      .expires_at = kNow,
                      .account = "نسمة \"x\"",
                      .token_url = "https://s/token",
                      .client = {"id", "secret"}};
    EXPECT_EQ(*parse_grant(print_grant(grant)), grant);
    EXPECT_EQ(*parse_grant(print_grant({})), Grant{});
    EXPECT_FALSE(parse_grant("not JSON"));
    EXPECT_FALSE(parse_grant("[]"));
}

TEST(SignIn, of_kinds_names_an_option_that_takes_the_token) {
    for (const auto* kind : source_kinds()) {
        if (!kind->sign_in) continue;
        const auto takes = [kind](const OptionSpec& option) { return option.name == kind->token_option; };
        const auto option = std::ranges::find_if(kind->options, takes);
        ASSERT_NE(option, kind->options.end()) << kind->name;
        EXPECT_EQ(option->type, OptionSpec::Type::secret_file) << kind->name;
        EXPECT_FALSE(option->required) << kind->name;
    }
    EXPECT_FALSE(mastodon_sign_in("ftp://social.example"));
}

}  // namespace
}  // namespace rasid

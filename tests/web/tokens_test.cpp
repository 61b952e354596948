#include "tests/web/route_address.hpp"
#include "tests/web/web_house.hpp"
#include "web/router.hpp"
#include "web/token_scopes.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

/// A program that sends its token and nothing that a browser would.
HttpAnswer call(WebHouse& house, const std::string& secret, const std::string& method, const std::string& path,
                const std::string& json = "") {
    auto program = house.stranger();
    std::vector<HttpHeader> headers = {{"Authorization", "Bearer " + secret}};
    if (method != "GET") headers.push_back({"Content-Type", "application/json"});
    return program.request(method, path, json, headers);
}

struct Made {
    std::string secret;
    std::string id;
};

Made make_token(WebHouse& house, const std::string& person, const std::string& scopes, const std::string& more = "") {
    auto browser = house.sign_in(person);
    const auto answer =
        browser.change("POST", "/api/v1/tokens", R"({"name":"a program","scopes":)" + scopes + more + "}");
    EXPECT_EQ(answer.status, 201) << answer.body;
    const auto json = answer.json();
    return {json.root()["secret"].text_or(""), json.root()["token"]["id"].text_or("")};
}

TEST(Tokens, act_for_their_person_without_a_proof) {
    WebHouse house;
    const auto token = make_token(house, "Sara", R"(["write"])");
    EXPECT_TRUE(token.secret.starts_with("rasid_")) << token.secret;
    const auto session = call(house, token.secret, "GET", "/api/v1/session");
    EXPECT_EQ(session.status, 200);
    EXPECT_EQ(session.json().root()["person"]["name"].text_or(""), "Sara");
    EXPECT_EQ(session.json().root()["csrf"].text_or("-"), "");
    EXPECT_EQ(call(house, token.secret, "PUT", "/api/v1/me/presence", R"({"present":true})").status, 200);
    auto shouted = house.stranger();
    EXPECT_EQ(shouted.get("/api/v1/session", {{"Authorization", "BEARER " + token.secret}}).status, 200);
}

TEST(Tokens, are_told_once_and_kept_as_a_hash) {
    WebHouse house;
    const auto token = make_token(house, "Sara", R"(["read"])");
    EXPECT_TRUE(
        house.write([hash = token_hash(token.secret)](Store& store) { return store.token_by_hash(hash).has_value(); }));
    EXPECT_FALSE(
        house.write([secret = token.secret](Store& store) { return store.token_by_hash(secret).has_value(); }));
    auto browser = house.sign_in("Sara");
    const auto list = browser.get("/api/v1/tokens");
    EXPECT_NE(list.body.find(token.id), std::string::npos);
    EXPECT_EQ(list.body.find(token.secret), std::string::npos);
    EXPECT_EQ(list.body.find(token_hash(token.secret)), std::string::npos);
}

/// Every route, every scope: what the table says is what happens.
TEST(Tokens, reach_what_their_scopes_and_the_role_of_their_person_reach) {
    WebHouse house;
    const auto reader = make_token(house, "Adam", R"(["read"])").secret;
    const auto writer = make_token(house, "Adam", R"(["write"])").secret;
    const auto admin = make_token(house, "Adam", R"(["admin"])").secret;
    const auto moderator = make_token(house, "Sara", R"(["write"])").secret;
    for (const auto& route : routes()) {
        if (area_of(route.pattern).empty() || route.access == Access::anyone) continue;
        const std::string method(route.method);
        const auto what = method + " " + std::string(route.pattern);
        const auto address = address_of(route);
        const auto body = method == "GET" ? "" : "{}";
        if (route.pattern == "/api/v1/events") continue;  // never ends
        const bool reads = method == "GET";
        const auto by_reader = call(house, reader, method, address, body);
        const auto by_writer = call(house, writer, method, address, body);
        const auto by_admin = call(house, admin, method, address, body);
        const auto by_moderator = call(house, moderator, method, address, body);
        const auto is_refused = [](const HttpAnswer& answer) {
            return answer.status == 403 && (answer.code() == "scope" || answer.code() == "session_needed");
        };
        if (needs_session(route)) {
            for (const auto* answer : {&by_reader, &by_writer, &by_admin, &by_moderator})
                EXPECT_EQ(answer->code(), "session_needed") << what;
            continue;
        }
        EXPECT_EQ(is_refused(by_reader), !reads || administers(route)) << what << by_reader.body;
        EXPECT_EQ(is_refused(by_writer), administers(route)) << what << by_writer.body;
        EXPECT_FALSE(is_refused(by_admin)) << what << by_admin.body;
        EXPECT_EQ(by_admin.body.find(R"("code":"csrf")"), std::string::npos) << what;
        const bool above =
            route.access == Access::manager || route.access == Access::admin || route.access == Access::mail_reader;
        if (above) {
            EXPECT_EQ(by_moderator.status, 403) << what << ": a token never gets more than its person's role";
        }
    }
}

TEST(Tokens, of_one_area_reach_that_area_alone) {
    WebHouse house;
    const auto customers = make_token(house, "Adam", R"(["customers:write"])").secret;
    EXPECT_EQ(call(house, customers, "GET", "/api/v1/customers").status, 200);
    EXPECT_EQ(call(house, customers, "GET", "/api/v1/customers.csv").status, 200);
    EXPECT_EQ(call(house, customers, "POST", "/api/v1/customers", R"({"name":"Hind","brand":"nasma"})").status, 201);
    EXPECT_EQ(call(house, customers, "GET", "/api/v1/tickets").code(), "scope");
    EXPECT_EQ(call(house, customers, "GET", "/api/v1/audit").code(), "scope");
    const auto setup = make_token(house, "Adam", R"(["setup:read"])").secret;
    EXPECT_EQ(call(house, setup, "GET", "/api/v1/setup").status, 200);
    EXPECT_EQ(call(house, setup, "DELETE", "/api/v1/setup/rules/complaints", "{}").code(), "scope");
}

TEST(Tokens, see_no_more_brands_than_their_person) {
    WebHouse house;
    const auto nasma = house.hear("awful coffee", "nasma");
    const auto saba = house.hear("awful coffee", "saba", "omars");
    const auto token = make_token(house, "Omar", R"(["write"])").secret;  // of saba
    EXPECT_EQ(call(house, token, "GET", "/api/v1/tickets/" + nasma).status, 404);
    EXPECT_EQ(call(house, token, "GET", "/api/v1/tickets/" + saba).status, 200);
}

TEST(Tokens, end_when_they_are_revoked_expire_or_their_person_goes) {
    WebHouse house;
    const auto revoked = make_token(house, "Sara", R"(["read"])");
    auto sara = house.sign_in("Sara");
    EXPECT_EQ(sara.change("DELETE", "/api/v1/tokens/" + revoked.id).status, 200);
    auto answer = call(house, revoked.secret, "GET", "/api/v1/session");
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(answer.code(), "bad_token");
    EXPECT_EQ(answer.header("WWW-Authenticate"), "Bearer");

    const auto until = to_rfc3339(house.clock.now() + 1h);
    const auto expiring = make_token(house, "Sara", R"(["read"])", R"(,"expires_at":")" + until + "\"");
    EXPECT_EQ(call(house, expiring.secret, "GET", "/api/v1/session").status, 200);
    house.clock.advance(1h);
    EXPECT_EQ(call(house, expiring.secret, "GET", "/api/v1/session").status, 401);

    const auto orphaned = make_token(house, "Mona", R"(["read"])");
    auto adam = house.sign_in("Adam");
    EXPECT_EQ(adam.change("DELETE", "/api/v1/setup/people/Mona").status, 200);
    EXPECT_EQ(call(house, orphaned.secret, "GET", "/api/v1/session").status, 401);
}

TEST(Tokens, are_their_owners_and_an_admins_to_revoke) {
    WebHouse house;
    const auto token = make_token(house, "Sara", R"(["read"])");
    auto mona = house.sign_in("Mona");
    EXPECT_EQ(mona.change("DELETE", "/api/v1/tokens/" + token.id).status, 404);
    EXPECT_EQ(mona.get("/api/v1/tokens?all=1").status, 403);
    EXPECT_EQ(mona.get("/api/v1/tokens").json().root()["tokens"].items().size(), 0u);
    auto adam = house.sign_in("Adam");
    EXPECT_EQ(adam.get("/api/v1/tokens?all=1").json().root()["tokens"].items().size(), 1u);
    EXPECT_EQ(adam.change("DELETE", "/api/v1/tokens/" + token.id).status, 200);
    EXPECT_EQ(call(house, token.secret, "GET", "/api/v1/session").status, 401);
}

TEST(Tokens, say_when_they_were_used_last) {
    WebHouse house;
    const auto token = make_token(house, "Sara", R"(["read"])");
    const auto used = [&] {
        return house.write(
            [hash = token_hash(token.secret)](Store& store) { return store.token_by_hash(hash)->last_used_at; });
    };
    EXPECT_FALSE(used());
    call(house, token.secret, "GET", "/api/v1/session");
    const auto first = used();
    EXPECT_EQ(first, house.clock.now());
    house.clock.advance(30s);
    call(house, token.secret, "GET", "/api/v1/session");
    EXPECT_EQ(used(), first) << "reading is not writing";
    house.clock.advance(31s);
    call(house, token.secret, "GET", "/api/v1/session");
    EXPECT_EQ(used(), house.clock.now());
}

TEST(Tokens, are_not_taken_for_a_sound_cookie_when_they_are_bad) {
    WebHouse house;
    auto browser = house.sign_in("Sara");
    EXPECT_EQ(browser.get("/api/v1/session", {{"Authorization", "Bearer rasid_nothing"}}).status, 401);
    EXPECT_EQ(browser.get("/api/v1/session", {{"Authorization", "Basic eDp5"}}).status, 200) << "a proxy's own";
    EXPECT_EQ(browser.get("/", {{"Authorization", "Bearer rasid_nothing"}}).status, 200) << "the page knows no tokens";
}

TEST(Tokens, that_are_guessed_are_slowed_down_and_good_ones_are_not) {
    WebHouse house;
    const auto token = make_token(house, "Sara", R"(["read"])").secret;
    int refused = 0;
    for (int i = 0; i < 40; ++i) {
        const auto answer = call(house, "rasid_guess" + std::to_string(i), "GET", "/api/v1/session");
        if (answer.status == 429) {
            ++refused;
            EXPECT_TRUE(answer.has("Retry-After"));
            EXPECT_EQ(answer.code(), "throttled");
        }
        house.clock.advance(150ms);
    }
    EXPECT_GT(refused, 20);
    EXPECT_EQ(call(house, token, "GET", "/api/v1/session").status, 200);
    EXPECT_EQ(house.sign_in("Omar").get("/api/v1/session").status, 200);
}

TEST(Tokens, must_be_sensible_to_be_made) {
    WebHouse house;
    auto sara = house.sign_in("Sara");
    const auto make = [&](const std::string& body) { return sara.change("POST", "/api/v1/tokens", body).status; };
    EXPECT_EQ(make(R"({"scopes":["read"]})"), 400);
    EXPECT_EQ(make(R"({"name":"x","scopes":[]})"), 400);
    EXPECT_EQ(make(R"({"name":"x","scopes":"read"})"), 400);
    EXPECT_EQ(make(R"({"name":"x","scopes":["everything"]})"), 400);
    EXPECT_EQ(make(R"({"name":"x","scopes":["nothing:read"]})"), 400);
    EXPECT_EQ(make(R"({"name":"x","scopes":["tickets:admin"]})"), 400);
    EXPECT_EQ(make(R"({"name":"x","scopes":["admin"]})"), 403) << "beyond a moderator's role";
    EXPECT_EQ(make(R"({"name":"x","scopes":["read"],"expires_at":"2020-01-01T00:00:00Z"})"), 400);
    EXPECT_EQ(make(R"({"name":"x","scopes":["read"],"expires_at":"2036-01-01T00:00:00Z"})"), 400);
    EXPECT_EQ(make(R"({"name":"x","scopes":["read"],"color":"red"})"), 400);
    for (int i = 0; i < 50; ++i) EXPECT_EQ(make(R"({"name":"x","scopes":["read"]})"), 201);
    EXPECT_EQ(make(R"({"name":"x","scopes":["read"]})"), 409) << "fifty are enough";
}

}  // namespace
}  // namespace rasid

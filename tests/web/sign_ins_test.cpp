#include "tests/web/web_house.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

constexpr auto kSignIn = "/api/v1/sources/toots/sign-in";
constexpr auto kCallback = "/api/v1/sign-ins/callback";

class SignInRoutes : public testing::Test {
protected:
    SignInRoutes() {
        house.write([](Store& store) {
            SourceRecord record;
            record.name = "toots";
            record.kind = "mastodon";
            store.put_source(record);
        });
        house.desk.facts["toots"] = {
            .brand = "nasma",
            .sign_in =
                SignInFacts{.signed_in = true, .account = "nasma", .until = house.clock.now() + 2h, .renews = true}};
        house.desk.facts["feed"] = {.brand = "nasma"};
    }
    std::string came_back(Browser& browser, const std::string& query) {
        const auto answer = browser.get(std::string(kCallback) + "?" + query);
        EXPECT_EQ(answer.status, 303) << answer.body;
        return answer.header("Location");
    }
    bool audited(const std::string& action, const std::string& result) {
        const std::lock_guard lock(house.told.mutex);
        for (const auto& record : house.told.audit)
            if (record.action == action && record.result == result) return true;
        return false;
    }

    WebHouse house;
};

TEST_F(SignInRoutes, send_an_admin_to_the_platform_and_take_him_back) {
    auto adam = house.sign_in("Adam");
    const auto begun = adam.change("POST", kSignIn);
    ASSERT_EQ(begun.status, 200) << begun.body;
    EXPECT_EQ(begun.json().root()["url"].text_or(""), "https://social.example/oauth/authorize?state=toots");
    EXPECT_EQ(came_back(adam, "state=toots&code=c0de&iss=https%3A%2F%2Fsocial.example"), "/sources?signed_in=toots");
    EXPECT_EQ(house.desk.done, (std::vector<std::string>{"answer c0de iss https://social.example"}));
    EXPECT_TRUE(audited("source_sign_in", "begun"));
    EXPECT_TRUE(audited("source_signed_in", "ok"));
    const std::lock_guard lock(house.told.mutex);
    for (const auto& record : house.told.audit)
        EXPECT_EQ((record.object + record.result).find("c0de"), std::string::npos) << "a code is in the audit";
}

TEST_F(SignInRoutes, tell_the_page_how_it_ended) {
    auto adam = house.sign_in("Adam");
    adam.change("POST", kSignIn);
    EXPECT_EQ(came_back(adam, "state=toots&error=access_denied"), "/sources?sign_in=denied");
    EXPECT_EQ(came_back(adam, "state=toots&code=c"), "/sources?sign_in=stale") << "an answer counts once";
    EXPECT_EQ(came_back(adam, ""), "/sources?sign_in=stale");
    adam.change("POST", kSignIn);
    house.desk.broken = true;
    EXPECT_EQ(came_back(adam, "state=toots&code=c"), "/sources?sign_in=failed");
    const auto refused = adam.change("POST", kSignIn);
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(refused.code(), "sign_in_failed");
    EXPECT_EQ(refused.json().root()["detail"].text_or(""), "set web.public_url");
}

TEST_F(SignInRoutes, bind_an_answer_to_the_session_that_asked) {
    auto adam = house.sign_in("Adam");
    adam.change("POST", kSignIn);
    auto elsewhere = house.sign_in("Adam");
    EXPECT_EQ(came_back(elsewhere, "state=toots&code=c"), "/sources?sign_in=stale");
}

TEST_F(SignInRoutes, are_for_admins_with_a_session_alone) {
    for (const auto* name : {"Sara", "Mona"}) {
        auto person = house.sign_in(name);
        EXPECT_EQ(person.change("POST", kSignIn).status, 403) << name;
        EXPECT_EQ(person.change("DELETE", kSignIn).status, 403) << name;
        EXPECT_EQ(person.get(std::string(kCallback) + "?state=toots&code=c").status, 403) << name;
    }
    EXPECT_EQ(house.stranger().get(std::string(kCallback) + "?state=toots&code=c").status, 401);
    auto adam = house.sign_in("Adam");
    const auto token = adam.change("POST", "/api/v1/tokens", R"({"name":"robot","scopes":["admin"]})");
    ASSERT_EQ(token.status, 201) << token.body;
    Browser robot(house.server->port());
    const HttpHeader bearer{"Authorization", "Bearer " + token.json().root()["secret"].text_or("")};
    const auto answer = robot.request("POST", kSignIn, "{}", {bearer});
    EXPECT_NE(answer.status, 200);
    EXPECT_TRUE(house.desk.done.empty());
    EXPECT_TRUE(house.desk.begun.empty());
    EXPECT_EQ(adam.change("POST", "/api/v1/sources/nothing/sign-in").status, 404);
}

TEST_F(SignInRoutes, sign_out) {
    auto adam = house.sign_in("Adam");
    EXPECT_EQ(adam.change("DELETE", kSignIn).status, 204);
    EXPECT_EQ(house.desk.done, (std::vector<std::string>{"sign out toots"}));
    EXPECT_TRUE(audited("source_signed_out", "ok"));
    house.desk.broken = true;
    EXPECT_EQ(adam.change("DELETE", kSignIn).status, 404);
}

TEST_F(SignInRoutes, show_who_is_signed_in_and_no_token) {
    const auto json = house.sign_in("Sara").get("/api/v1/sources").json();
    const auto source = json.root()["sources"].at(0);
    EXPECT_EQ(source["sign_in"]["signed_in"].boolean(), true);
    EXPECT_EQ(source["sign_in"]["account"].text_or(""), "nasma");
    EXPECT_EQ(source["sign_in"]["until"].text_or(""), to_rfc3339(house.clock.now() + 2h));
    EXPECT_EQ(source["sign_in"]["renews"].boolean(), true);
    EXPECT_EQ(source["sign_in"].members().size(), 4u);
}

}  // namespace
}  // namespace rasid

#include "tests/web/web_house.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

constexpr auto kPassword = "correct horse battery";

HttpAnswer sign_in(Browser& browser, const std::string& email, const std::string& password) {
    return browser.change("POST", "/api/v1/session", R"({"email":")" + email + R"(","password":")" + password + "\"}");
}

void give_password(WebHouse& house, const std::string& name) {
    const auto id = house.person_id(name);
    house.write([id](Store& store) { store.put_password(id, hash_password(kPassword)); });
}

TEST(Session, begins_with_the_right_password_and_says_who_it_is) {
    WebHouse house;
    give_password(house, "Sara");
    auto browser = house.stranger();
    const auto answer = sign_in(browser, "SARA@example.org", kPassword);
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto json = answer.json();
    EXPECT_EQ(json.root()["person"]["name"].text_or(""), "Sara");
    EXPECT_EQ(json.root()["person"]["role"].text_or(""), "moderator");
    EXPECT_TRUE(json.root()["person"]["brands"].is_array());
    EXPECT_EQ(json.root()["workspace"]["time_zone"].text_or(""), "Asia/Riyadh");
    EXPECT_EQ(json.root()["csrf"].text_or("").size(), 43u);
    EXPECT_EQ(browser.get("/api/v1/session").body, answer.body);
}

TEST(Session, does_not_begin_with_a_wrong_password_an_unknown_person_or_one_without_password) {
    WebHouse house;
    give_password(house, "Sara");
    for (const auto& [email, password] :
         {std::pair("sara@example.org", "wrong horse battery"), std::pair("nobody@example.org", kPassword),
          std::pair("mona@example.org", kPassword)}) {
        auto browser = house.stranger();
        const auto answer = sign_in(browser, email, password);
        EXPECT_EQ(answer.status, 401);
        EXPECT_EQ(answer.code(), "wrong_credentials");
        EXPECT_FALSE(answer.has("Set-Cookie"));
    }
}

TEST(Session, stores_no_token_but_its_hash) {
    WebHouse house;
    give_password(house, "Sara");
    auto browser = house.stranger();
    ASSERT_EQ(sign_in(browser, "sara@example.org", kPassword).status, 200);
    const auto token = browser.cookie.substr(browser.cookie.find('=') + 1);
    EXPECT_EQ(token.size(), 43u);
    EXPECT_TRUE(house.write([hash = token_hash(token)](Store& store) { return store.session(hash).has_value(); }));
    EXPECT_FALSE(house.write([token](Store& store) { return store.session(token).has_value(); }));
}

TEST(Session, is_never_the_one_that_the_browser_brought_along) {
    WebHouse house;
    give_password(house, "Sara");
    auto browser = house.stranger();
    browser.cookie = "__Host-rasid=" + std::string(43, 'A');
    ASSERT_EQ(sign_in(browser, "sara@example.org", kPassword).status, 200);
    EXPECT_NE(browser.cookie, "__Host-rasid=" + std::string(43, 'A'));
    auto first = browser;
    ASSERT_EQ(sign_in(browser, "sara@example.org", kPassword).status, 200);
    EXPECT_NE(browser.cookie, first.cookie);
    EXPECT_EQ(first.get("/api/v1/session").status, 401) << "signing in again ends the session before";
}

TEST(Session, ends_when_its_person_signs_out) {
    WebHouse house;
    auto browser = house.sign_in("Sara");
    auto thief = browser;
    const auto answer = browser.change("DELETE", "/api/v1/session");
    EXPECT_EQ(answer.status, 204);
    EXPECT_EQ(browser.cookie, "__Host-rasid=");
    EXPECT_EQ(thief.get("/api/v1/session").status, 401);
}

TEST(Session, ends_after_thirty_idle_minutes_but_not_while_it_is_used) {
    WebHouse house;
    auto busy = house.sign_in("Sara");
    auto idle = house.sign_in("Sara");
    for (int i = 0; i < 3; ++i) {
        house.clock.advance(20min);
        EXPECT_EQ(busy.get("/api/v1/session").status, 200);
    }
    EXPECT_EQ(idle.get("/api/v1/session").status, 401);
}

TEST(Session, ends_after_twelve_hours_however_busy) {
    WebHouse house;
    auto browser = house.sign_in("Sara");
    for (int i = 0; i < 36; ++i) {
        house.clock.advance(20min);
        ASSERT_EQ(browser.get("/api/v1/session").status, 200) << i;
    }
    house.clock.advance(1min);
    EXPECT_EQ(browser.get("/api/v1/session").status, 401);
}

TEST(Session, ends_with_the_persons_account) {
    WebHouse house;
    auto sara = house.sign_in("Sara");
    auto admin = house.sign_in("Adam");
    ASSERT_EQ(admin.change("DELETE", "/api/v1/setup/people/Sara").status, 200);
    EXPECT_EQ(sara.get("/api/v1/session").status, 401);
}

TEST(Session, slows_down_whoever_guesses) {
    WebHouse house;
    give_password(house, "Sara");
    auto browser = house.stranger();
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(sign_in(browser, "sara@example.org", "wrong horse battery").status, 401);
        house.clock.advance(1100ms);
    }
    EXPECT_EQ(sign_in(browser, "sara@example.org", "wrong horse battery").status, 401);
    const auto answer = sign_in(browser, "sara@example.org", kPassword);
    EXPECT_EQ(answer.status, 429);
    EXPECT_EQ(answer.code(), "throttled");
    EXPECT_EQ(answer.header("Retry-After"), "2");
    house.clock.advance(3s);
    EXPECT_EQ(sign_in(browser, "sara@example.org", kPassword).status, 200);
}

TEST(Session, speaks_the_language_that_its_person_chose) {
    WebHouse house;
    auto browser = house.sign_in("Sara");
    EXPECT_NE(browser.get("/").body.find("lang=\"en\""), std::string::npos);
    EXPECT_EQ(browser.change("PATCH", "/api/v1/session/person", R"({"language":"ar"})").status, 200);
    EXPECT_NE(browser.get("/").body.find("lang=\"ar\" dir=\"rtl\""), std::string::npos);
    EXPECT_EQ(browser.change("PATCH", "/api/v1/session/person", R"({"language":"fr"})").status, 400);
    EXPECT_EQ(browser.change("PATCH", "/api/v1/session/person", R"({"role":"admin"})").status, 400);
}

TEST(Session, keeps_what_its_person_chose_about_mails) {
    WebHouse house;
    auto browser = house.sign_in("Sara");
    const auto patch = [&](const std::string& body) { return browser.change("PATCH", "/api/v1/session/person", body); };
    const auto answer = patch(R"({"quiet":"22:00-07:00","time_zone":"Asia/Riyadh","updates":false,"digest":false})");
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_NE(answer.body.find(R"("quiet":"22:00-07:00","time_zone":"Asia/Riyadh","updates":false,"digest":false)"),
              std::string::npos)
        << answer.body;
    EXPECT_EQ(house.told.setup_changed, 1) << "the daemon tells people by what they chose";
    EXPECT_EQ(patch(R"({"updates":true})").status, 200);
    const auto sara = house.write([](Store& store) { return *find_named(store.setup().people, "Sara"); });
    EXPECT_EQ(sara.quiet, (DayInterval{22 * 60, 7 * 60}));
    EXPECT_TRUE(sara.updates);
    EXPECT_FALSE(sara.digest);
    EXPECT_EQ(patch(R"({"quiet":"","time_zone":""})").status, 200);
    EXPECT_FALSE(house.write([](Store& store) { return find_named(store.setup().people, "Sara")->quiet; }));
    for (const auto* body :
         {R"({"quiet":"22-7"})", R"({"time_zone":"Nowhere/Land"})", R"({"updates":"yes"})", R"({"second":"x@y.z"})"})
        EXPECT_EQ(patch(body).status, 400) << body;
}

TEST(DigestPage, stops_digests_by_one_click_and_by_the_pages_button_and_nothing_by_looking) {
    WebHouse house;
    const auto sara = house.write([](Store& store) { return find_named(store.setup().people, "Sara")->id; });
    std::string url;
    house.on_loop([&] { url = house.server->stop_digests_url(sara); });
    const auto path = url.substr(url.find("/m/digest"));
    const auto wanted = [&] { return house.write([&](Store& store) { return store.person(sara)->digest; }); };
    auto reader = house.stranger();
    for (int i = 0; i < 3; ++i) EXPECT_NE(reader.get(path).body.find("<form method=\"post\""), std::string::npos);
    EXPECT_TRUE(wanted());
    const std::vector<HttpHeader> form = {{"Content-Type", "application/x-www-form-urlencoded"}};
    EXPECT_EQ(reader.request("POST", path, "List-Unsubscribe=Two-Clicks", form).status, 400);
    EXPECT_TRUE(wanted());
    EXPECT_EQ(reader.request("POST", path, "List-Unsubscribe=One-Click", form).status, 200);
    EXPECT_FALSE(wanted());
    EXPECT_EQ(reader.get(path).body.find("<form"), std::string::npos);
    house.write([&](Store& store) {
        auto person = *store.person(sara);
        person.digest = true;
        store.put_person_preferences(person);
    });
    EXPECT_EQ(reader.request("POST", "/m/digest", "t=" + path.substr(path.find("?t=") + 3), form).status, 200);
    EXPECT_FALSE(wanted());
    EXPECT_EQ(reader.get("/m/digest?t=forged").status, 400);
    EXPECT_EQ(reader.request("POST", "/m/unsubscribe" + path.substr(path.find('?')), "List-Unsubscribe=One-Click", form)
                  .status,
              400)
        << "each link is of one purpose";
}

TEST(FirstAdmin, is_made_once_by_the_code_on_the_console_and_signs_in) {
    WebHouse house;
    house.on_loop([&] { house.server->expect_first_admin("console-code"); });
    auto browser = house.stranger();
    EXPECT_EQ(browser.get("/api/v1/first-admin").body, R"({"needed":true})");
    const auto body = [](const std::string& code, const std::string& password) {
        return R"({"code":")" + code + R"(","name":"Noor","email":"noor@example.org","password":")" + password +
               R"(","language":"ar"})";
    };
    EXPECT_EQ(browser.change("POST", "/api/v1/first-admin", body("guess", kPassword)).code(), "wrong_code");
    EXPECT_EQ(browser.change("POST", "/api/v1/first-admin", body("console-code", "short")).code(), "weak_password");
    EXPECT_EQ(browser.change("POST", "/api/v1/first-admin", body("console-code", "noor-noor-noor")).code(),
              "weak_password");
    const auto made = browser.change("POST", "/api/v1/first-admin", body("console-code", kPassword));
    ASSERT_EQ(made.status, 200) << made.body;
    EXPECT_EQ(made.json().root()["person"]["role"].text_or(""), "admin");
    EXPECT_EQ(browser.get("/api/v1/session").status, 200);
    EXPECT_EQ(browser.get("/api/v1/first-admin").body, R"({"needed":false})");
    EXPECT_EQ(browser.change("POST", "/api/v1/first-admin", body("console-code", kPassword)).code(), "wrong_code");
    auto again = house.stranger();
    EXPECT_EQ(sign_in(again, "noor@example.org", kPassword).status, 200);
}

TEST(FirstAdmin, is_not_made_when_the_code_is_older_than_a_quarter_of_an_hour_or_none_was_given) {
    WebHouse house;
    auto browser = house.stranger();
    const auto body =
        R"({"code":"console-code","name":"Noor","email":"noor@example.org","password":"correct horse battery"})";
    EXPECT_EQ(browser.change("POST", "/api/v1/first-admin", body).code(), "wrong_code");
    house.on_loop([&] { house.server->expect_first_admin("console-code"); });
    house.clock.advance(15min + 1s);
    EXPECT_EQ(browser.change("POST", "/api/v1/first-admin", body).code(), "wrong_code");
}

TEST(FirstAdmin, is_not_made_beside_an_account_that_exists) {
    WebHouse house;
    give_password(house, "Sara");
    house.on_loop([&] { house.server->expect_first_admin("console-code"); });
    auto browser = house.stranger();
    EXPECT_EQ(
        browser
            .change(
                "POST", "/api/v1/first-admin",
                R"({"code":"console-code","name":"Noor","email":"noor@example.org","password":"correct horse battery"})")
            .code(),
        "not_possible");
}

TEST(Bodies, with_unknown_double_or_wrong_members_are_refused) {
    WebHouse house;
    auto browser = house.stranger();
    for (const auto* body : {R"({"email":"a","password":"b","role":"admin"})",
                             R"({"email":"a","email":"b","password":"c"})", R"({"email":1,"password":"c"})",
                             R"({"email":"a"})", R"(["email"])", "{", R"({"email":"a","password":{"$ne":1}})"}) {
        EXPECT_EQ(browser.change("POST", "/api/v1/session", body).status, 400) << body;
    }
    EXPECT_EQ(browser
                  .request("POST", "/api/v1/session", "{}",
                           {{"Origin", "http://" + browser.host()}, {"Content-Type", "text/plain"}})
                  .status,
              415);
}

TEST(Demo, signs_in_by_its_address_and_only_a_demo_does) {
    WebHouse house([](WebConfig& config) { config.demo = true; });
    std::string token;
    const auto sara = house.person_id("Sara");
    house.on_loop([&] { token = house.server->add_sign_in_token(sara); });
    auto browser = house.stranger();
    const auto answer = browser.get("/demo/sign-in?t=" + token);
    EXPECT_EQ(answer.status, 303);
    EXPECT_EQ(answer.header("Location"), "/");
    EXPECT_EQ(browser.get("/api/v1/session").json().root()["demo"].boolean(), true);
    EXPECT_EQ(browser.get("/api/v1/mails").status, 200) << "in a demo everybody sees the mails";
    EXPECT_EQ(house.stranger().get("/demo/sign-in?t=x").status, 404);
    WebHouse real;
    EXPECT_EQ(real.stranger().get("/demo/sign-in?t=" + token).status, 404);
}

}  // namespace
}  // namespace rasid

#include "web/router.hpp"

#include "tests/web/route_address.hpp"
#include "tests/web/web_house.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

/// Fills the {parts} of routes: a setup kind, and nobody's id. The matrix judges who gets as far as asking for it.
constexpr std::string_view kNotThere = "rules";

bool changes(const Route& route) { return route.method != "GET"; }

int rank_of(Access access) {
    switch (access) {
    case Access::anyone:
        return 0;
    case Access::signed_in:
    case Access::moderator:
        return 1;
    case Access::manager:
    case Access::mail_reader:
        return 2;
    case Access::admin:
        return 3;
    }
    return 3;
}

const std::vector<std::string> kByRank = {"", "Sara", "Mona", "Adam"};

HttpAnswer ask(Browser& browser, const Route& route) {
    if (route.pattern == "/api/v1/events") return browser.request("HEAD", address_of(route, kNotThere));
    return changes(route) ? browser.change(std::string(route.method), address_of(route, kNotThere), "{}")
                          : browser.get(address_of(route, kNotThere));
}

TEST(Routes, let_in_every_role_that_may_and_nobody_else) {
    WebHouse house;
    for (const auto& route : routes()) {
        for (int rank = 0; rank < 4; ++rank) {
            auto browser = rank == 0 ? house.stranger() : house.sign_in(kByRank[static_cast<std::size_t>(rank)]);
            const auto status = ask(browser, route).status;
            const auto who = std::string(route.method) + " " + std::string(route.pattern) + " as " +
                             kByRank[static_cast<std::size_t>(rank)];
            if (rank < rank_of(route.access)) {
                EXPECT_EQ(status, rank == 0 ? 401 : 403) << who;
            } else {
                EXPECT_TRUE(status != 401 && status != 403 && status != 0 && status < 500) << who << ": " << status;
            }
        }
    }
}

TEST(Routes, that_change_something_want_the_token_and_the_origin) {
    WebHouse house;
    for (const auto& route : routes()) {
        const auto what = std::string(route.method) + " " + std::string(route.pattern);
        if (changes(route)) {
            EXPECT_TRUE(route.proof != Proof::none || route.pattern.starts_with("/m/")) << what;
        }
        if (route.proof == Proof::none) continue;
        auto admin = house.sign_in("Adam");
        const auto method = std::string(route.method);
        const auto address = address_of(route, kNotThere);
        const HttpHeader origin{"Origin", "http://" + admin.host()};
        const HttpHeader token{"X-CSRF-Token", admin.csrf};
        const HttpHeader json{"Content-Type", "application/json"};
        EXPECT_EQ(admin.request(method, address, "{}", {json}).status, 403) << what;
        EXPECT_EQ(admin.request(method, address, "{}", {json, token}).status, 403) << what;
        EXPECT_EQ(admin.request(method, address, "{}", {json, token, {"Origin", "http://evil.example"}}).status, 403)
            << what;
        EXPECT_EQ(admin.request(method, address, "{}", {json, token, {"Origin", "null"}}).status, 403) << what;
        EXPECT_EQ(admin.request(method, address, "{}", {json, token, origin, {"Sec-Fetch-Site", "same-site"}}).status,
                  403)
            << what;
        EXPECT_EQ(admin.request(method, address, "{}", {json, token, {"Sec-Fetch-Site", "cross-site"}}).status, 403)
            << what;
        if (route.proof == Proof::token) {
            EXPECT_EQ(admin.request(method, address, "{}", {json, origin}).status, 403) << what;
            EXPECT_EQ(
                admin.request(method, address, "{}", {json, origin, {"X-CSRF-Token", new_token(house.random)}}).status,
                403)
                << what;
        }
        // DELETE of the session ends it, so it comes last.
        EXPECT_NE(admin.request(method, address, "{}", {json, token, {"Sec-Fetch-Site", "same-origin"}}).status, 403)
            << what;
    }
}

void expect_security_headers(const HttpAnswer& answer, const std::string& what) {
    const auto policy = answer.header("Content-Security-Policy");
    EXPECT_TRUE(policy.starts_with("default-src 'none'; ")) << what << ": " << policy;
    if (policy.find("sandbox") == std::string::npos) {
        for (const auto* part : {"script-src 'self'", "style-src 'self'", "connect-src 'self'", "img-src 'self'",
                                 "font-src 'self'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
                                 "object-src 'none'", "require-trusted-types-for 'script'"}) {
            EXPECT_NE(policy.find(part), std::string::npos) << what << ": " << part;
        }
        EXPECT_EQ(policy.find("unsafe"), std::string::npos) << what;
    }
    EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff") << what;
    EXPECT_EQ(answer.header("Referrer-Policy"), "no-referrer") << what;
    EXPECT_EQ(answer.header("Cross-Origin-Opener-Policy"), "same-origin") << what;
    EXPECT_FALSE(answer.has("Strict-Transport-Security")) << what;
    EXPECT_FALSE(answer.header("Cache-Control").empty()) << what;
    if (!answer.body.empty()) {
        EXPECT_FALSE(answer.header("Content-Type").empty()) << what;
    }
    const auto cookie = answer.header("Set-Cookie");
    if (!cookie.empty()) {
        EXPECT_TRUE(cookie.starts_with("__Host-rasid=")) << what;
        for (const auto* part : {"; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"})
            EXPECT_NE(cookie.find(part), std::string::npos) << what;
        EXPECT_EQ(cookie.find("Domain"), std::string::npos) << what;
    }
}

TEST(Routes, carry_the_security_headers_whatever_they_answer) {
    WebHouse house;
    for (const auto& route : routes()) {
        const auto what = std::string(route.method) + " " + std::string(route.pattern);
        auto stranger = house.stranger();
        expect_security_headers(ask(stranger, route), what + " (stranger)");
        auto admin = house.sign_in("Adam");
        const auto answer = ask(admin, route);
        expect_security_headers(answer, what);
        if (route.access != Access::anyone) {
            EXPECT_EQ(answer.header("Cache-Control"), "no-store") << what;
        }
    }
    auto stranger = house.stranger();
    for (const auto* address : {"/", "/nothing", "/api/v1/nothing", "/%", "/..", "/tickets/1"}) {
        expect_security_headers(stranger.get(address), address);
    }
    expect_security_headers(stranger.request("BREW", "/"), "BREW");
    expect_security_headers(stranger.get("/", {{"Transfer-Encoding", "gzip"}}), "501");
}

TEST(Routes, that_are_not_in_the_table_do_not_exist) {
    WebHouse house;
    auto admin = house.sign_in("Adam");
    EXPECT_EQ(admin.get("/api/v1/nothing").status, 404);
    EXPECT_EQ(admin.get("/api/v1/tickets/").status, 404);
    EXPECT_EQ(admin.get("/api/v1/tickets//actions").status, 404);
    EXPECT_EQ(admin.get("/api/v2/tickets").status, 404);
    EXPECT_EQ(admin.change("POST", "/nothing").status, 404);
    const auto wrong = admin.change("DELETE", "/api/v1/tickets");
    EXPECT_EQ(wrong.status, 405);
    EXPECT_EQ(wrong.header("Allow"), "GET");
    EXPECT_EQ(admin.request("OPTIONS", "/api/v1/session").header("Access-Control-Allow-Origin"), "");
}

TEST(Routes, never_lead_out_of_the_set_of_embedded_files) {
    WebHouse house;
    auto stranger = house.stranger();
    for (const auto* address :
         {"/../etc/passwd", "/..%2fetc/passwd", "/%2e%2e/etc/passwd", "/assets/../../etc/passwd",
          "/assets/%2e%2e/%2e%2e/etc/passwd", "/assets/..%5c..%5cetc", "//etc/passwd", "/./index.html", "/index.html",
          "/assets/", "/etc/passwd", "/assets/%00", "/tickets/%00", "/assets/%252e%252e/x", "/tickets/../../x"}) {
        EXPECT_EQ(stranger.get(address).status, 404) << address;
    }
}

TEST(Routes, of_the_page_answer_with_the_page_in_the_right_language) {
    WebHouse house;
    auto stranger = house.stranger();
    for (const auto* address :
         {"/", "/tickets/01ABC?view=late", "/customers", "/customers/1", "/sources", "/setup/rules", "/mails/1"}) {
        const auto answer = stranger.get(address, {{"Accept-Language", "ar"}});
        EXPECT_EQ(answer.status, 200) << address;
        EXPECT_NE(answer.body.find("lang=\"ar\" dir=\"rtl\""), std::string::npos) << address;
        EXPECT_EQ(answer.header("Cache-Control"), "no-store") << address;
    }
}

TEST(Routes, answer_under_our_own_names_only) {
    WebHouse house([](WebConfig& config) { config.public_url = "https://rasid.example.org"; });
    auto stranger = house.stranger();
    EXPECT_EQ(stranger.get("/api/v1/first-admin", {{"Host", "evil.example"}}).status, 421);
    EXPECT_EQ(stranger.get("/", {{"Host", "127.0.0.1.evil.example"}}).status, 421);
    EXPECT_EQ(stranger.get("/", {{"Host", "rasid.example.org"}}).status, 200);
    EXPECT_EQ(stranger.get("/", {{"Host", "localhost:1"}}).status, 200);
    EXPECT_EQ(stranger.get("/healthz", {{"Host", "10.0.0.7"}}).status, 200);
    EXPECT_EQ(stranger.get("/").header("Strict-Transport-Security"), "max-age=31536000");
}

TEST(Routes, answer_head_like_get_without_the_body) {
    WebHouse house;
    auto stranger = house.stranger();
    const auto answer = stranger.request("HEAD", "/healthz");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("Content-Length"), "18");
    EXPECT_EQ(answer.body, "");
}

TEST(Health, says_why_it_is_not_ready) {
    WebHouse house;
    auto stranger = house.stranger();
    EXPECT_EQ(stranger.get("/healthz").body, R"({"status":"alive"})");
    EXPECT_EQ(stranger.get("/readyz").body, R"({"status":"ready"})");
}

}  // namespace
}  // namespace rasid

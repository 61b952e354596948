#include "tests/web/route_address.hpp"
#include "tests/web/web_house.hpp"
#include "web/router.hpp"

#include <gtest/gtest.h>

#include <array>

namespace rasid {
namespace {

void expect_problem(const HttpAnswer& answer, int status, const std::string& what) {
    EXPECT_EQ(answer.status, status) << what << ": " << answer.body;
    EXPECT_EQ(answer.header("Content-Type"), "application/problem+json; charset=utf-8") << what;
    const auto json = answer.json();
    EXPECT_EQ(json.root()["status"].integer(), status) << what;
    for (const auto* member : {"type", "title", "detail", "code"})
        EXPECT_FALSE(json.root()[member].text_or("").empty()) << what << ": " << member;
}

TEST(Problems, say_who_may_not_on_every_route) {
    WebHouse house;
    for (const auto& route : routes()) {
        if (route.access == Access::anyone) continue;
        auto stranger = house.stranger();
        const auto what = std::string(route.method) + " " + std::string(route.pattern);
        expect_problem(stranger.change(std::string(route.method), address_of(route), "{}"), 401, what);
    }
}

TEST(Problems, say_which_methods_every_address_knows) {
    WebHouse house;
    auto admin = house.sign_in("Adam");
    for (const auto& route : routes()) {
        const auto answer = admin.change("TRACE", address_of(route), "{}");
        expect_problem(answer, 405, std::string(route.pattern));
        EXPECT_NE(answer.header("Allow").find(route.method), std::string::npos) << route.pattern;
    }
}

TEST(Problems, are_what_an_unreadable_body_gets_on_every_route_that_reads_one) {
    WebHouse house;
    for (const auto& route : routes()) {
        if (route.proof != Proof::token || route.method == "DELETE") continue;
        auto admin = house.sign_in("Adam");
        const auto answer = admin.change(std::string(route.method), address_of(route), "{ this is no JSON");
        if (answer.status < 400) continue;  // reads no body
        expect_problem(answer, answer.status, std::string(route.pattern));
        EXPECT_LT(answer.status, 500) << route.pattern;
    }
}

TEST(Problems, are_what_framing_errors_are_answered_with) {
    WebHouse house;
    struct Case {
        std::string text;
        int status;
    };
    const std::string host = "Host: 127.0.0.1\r\n";
    const std::array<Case, 8> cases = {{
        {"GET / HTTP/1.1\r\n\r\n", 400},
        {"GET / HTTP/3.0\r\n" + host + "\r\n", 505},
        {"GET / HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip\r\n\r\n", 501},
        {"GET / HTTP/1.1\r\n" + host + "Expect: a miracle\r\n\r\n", 417},
        {"GET / HTTP/1.1\r\n" + host + "X: " + std::string(40000, 'x') + "\r\n\r\n", 431},
        {"POST /api/v1/session HTTP/1.1\r\n" + host + "Content-Length: 99999999\r\n\r\n", 413},
        {"GET / HTTP/1.1\r\n" + host + "Authorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n", 400},
        {"GET /%zz HTTP/1.1\r\n" + host + "\r\n", 400},
    }};
    for (const auto& one : cases) {
        Wire wire(house.server->port());
        wire.send(one.text);
        expect_problem(wire.answer(), one.status, one.text.substr(0, 60));
    }
}

TEST(Problems, are_what_is_not_there_too_large_or_too_often_asked_for) {
    WebHouse house;
    auto admin = house.sign_in("Adam");
    expect_problem(admin.get("/api/v1/nothing"), 404, "nothing");
    expect_problem(admin.get("/nothing"), 404, "no page");
    Wire large(house.server->port());
    large.send("POST /api/v1/segments/preview HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + admin.cookie +
               "\r\nContent-Length: 2000000\r\n\r\n");
    expect_problem(large.answer(), 413, "too large");
    expect_problem(
        admin.request(
            "POST", "/api/v1/segments/preview", "{}",
            {{"Origin", "http://" + admin.host()}, {"X-CSRF-Token", admin.csrf}, {"Content-Type", "text/plain"}}),
        415, "no JSON");
    HttpAnswer last;
    for (int i = 0; i < 12; ++i) {
        auto stranger = house.stranger();
        last =
            stranger.change("POST", "/api/v1/session", R"({"email":"x@example.org","password":"wrong horse battery"})");
    }
    expect_problem(last, 429, "too often");
    EXPECT_TRUE(last.has("Retry-After"));
}

}  // namespace
}  // namespace rasid

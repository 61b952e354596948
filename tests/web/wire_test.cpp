#include "tests/web/web_house.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

std::string get(const std::string& path, const std::string& more = "") {
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n";
}

TEST(Wire, keeps_a_connection_for_many_requests_and_answers_pipelined_ones_in_order) {
    WebHouse house;
    Wire wire(house.server->port());
    ASSERT_TRUE(wire.send(get("/healthz") + get("/nothing") + get("/readyz")));
    EXPECT_EQ(wire.answer().status, 200);
    EXPECT_EQ(wire.answer().status, 404);
    EXPECT_EQ(wire.answer().body, R"({"status":"ready"})");
    ASSERT_TRUE(wire.send(get("/healthz", "Connection: close\r\n")));
    EXPECT_EQ(wire.answer().status, 200);
    EXPECT_TRUE(wire.ended());
}

TEST(Wire, reads_the_same_request_in_one_piece_or_byte_by_byte) {
    WebHouse house;
    Wire wire(house.server->port());
    for (const char byte : get("/healthz")) ASSERT_TRUE(wire.send({&byte, 1}));
    EXPECT_EQ(wire.answer().status, 200);
}

TEST(Wire, refuses_what_two_readers_could_read_in_two_ways_and_hangs_up) {
    WebHouse house;
    const std::pair<std::string, int> heads[] = {
        {"POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: "
         "chunked\r\n\r\n0\r\n\r\nGET /x",
         400},
        {"POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
         400},
        {"GET / HTTP/1.1\nHost: localhost\n\n", 400},
        {"GET / HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length : 0\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + std::string(17000, 'a') + "\r\n\r\n", 431},
        {"POST /m/ack HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400},
        {"POST /m/ack HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1;" + std::string(300, 'x') +
             "\r\na\r\n0\r\n\r\n",
         400},
        {"GET / HTTP/3.0\r\nHost: localhost\r\n\r\n", 505},
    };
    for (const auto& [head, status] : heads) {
        Wire wire(house.server->port());
        wire.send(head);
        const auto answer = wire.answer();
        EXPECT_EQ(answer.status, status) << head.substr(0, 120);
        EXPECT_EQ(answer.header("Connection"), "close") << head.substr(0, 120);
        EXPECT_TRUE(wire.ended()) << head.substr(0, 120);
    }
}

TEST(Wire, takes_a_head_of_sixteen_kibibytes_and_not_one_byte_more) {
    WebHouse house;
    const auto head_of = [](std::size_t size) {
        const std::string begin = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: ";
        return begin + std::string(size - begin.size() - 4, 'a') + "\r\n\r\n";
    };
    Wire fits(house.server->port());
    fits.send(head_of(limits::kRequestHeader));
    EXPECT_EQ(fits.answer().status, 200);
    Wire over(house.server->port());
    over.send(head_of(limits::kRequestHeader + 1));
    EXPECT_EQ(over.answer().status, 431);
}

TEST(Wire, takes_a_body_of_one_mebibyte_from_those_signed_in_and_less_from_strangers) {
    WebHouse house;
    auto admin = house.sign_in("Adam");
    const auto toml = [](std::size_t size) { return "#" + std::string(size - 1, 'x'); };
    const std::vector<HttpHeader> headers = {
        {"Origin", "http://" + admin.host()}, {"X-CSRF-Token", admin.csrf}, {"Content-Type", "application/toml"}};
    EXPECT_EQ(admin.request("PUT", "/api/v1/setup?dry_run=1", toml(limits::kRequestBody), headers).status, 200);
    EXPECT_EQ(admin.request("PUT", "/api/v1/setup?dry_run=1", toml(limits::kRequestBody + 1), headers).status, 413);
    auto stranger = house.stranger();
    EXPECT_EQ(stranger.change("POST", "/api/v1/session", std::string((64u << 10) + 1, ' ')).status, 413);
}

TEST(Wire, counts_chunks_towards_the_same_limit) {
    WebHouse house;
    Wire wire(house.server->port());
    wire.send("POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
    const std::string chunk = "4000\r\n" + std::string(0x4000, ' ') + "\r\n";
    for (int i = 0; i < 5; ++i) wire.send(chunk);
    EXPECT_EQ(wire.answer().status, 413);
}

TEST(Wire, reads_a_body_in_chunks) {
    WebHouse house;
    Wire wire(house.server->port());
    const auto origin = "Origin: http://localhost\r\nContent-Type: application/json\r\n";
    wire.send(std::string("POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\n") + origin +
              "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"ema\r\nc\r\nil\":\"a\",\"x\":\r\n2\r\n1}\r\n0\r\n\r\n");
    const auto answer = wire.answer();
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.code(), "bad_request");
}

TEST(Wire, says_100_continue_to_those_who_wait_for_it) {
    WebHouse house;
    Wire wire(house.server->port());
    wire.send("POST /m/ack HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    EXPECT_EQ(wire.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    wire.send("{}");
    EXPECT_EQ(wire.answer().status, 415);
}

TEST(Wire, hangs_up_on_those_who_send_nothing_or_too_slowly) {
    WebHouse house([](WebConfig& config) {
        config.header_deadline = 300ms;
        config.body_deadline = 300ms;
        config.keep_alive = 300ms;
    });
    const auto begun = std::chrono::steady_clock::now();
    Wire silent(house.server->port());
    EXPECT_TRUE(silent.ended());
    Wire slow(house.server->port());
    for (int i = 0; i < 8 && slow.send("G"); ++i) std::this_thread::sleep_for(50ms);
    EXPECT_EQ(slow.answer().status, 0);
    Wire kept(house.server->port());
    kept.send(get("/healthz"));
    EXPECT_EQ(kept.answer().status, 200);
    EXPECT_TRUE(kept.ended());
    Wire body(house.server->port());
    body.send("POST /m/ack HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc");
    EXPECT_EQ(body.answer().status, 0);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 8s);
}

TEST(Wire, lets_an_address_open_only_so_many_connections_before_somebody_signs_in) {
    WebHouse house([](WebConfig& config) { config.connections_per_address = 3; });
    const auto sara = house.sign_in("Sara");
    std::vector<std::unique_ptr<Wire>> strangers;
    for (int i = 0; i < 3; ++i) {
        strangers.push_back(std::make_unique<Wire>(house.server->port()));
        strangers.back()->send(get("/healthz"));
        EXPECT_EQ(strangers.back()->answer().status, 200);
    }
    Wire refused(house.server->port());
    refused.send(get("/healthz"));
    EXPECT_EQ(refused.answer().status, 0);
    // One of them signs in: his connection no longer counts as a stranger's.
    strangers[0]->send(get("/api/v1/session", "Cookie: " + sara.cookie + "\r\n"));
    EXPECT_EQ(strangers[0]->answer().status, 200);
    Wire admitted(house.server->port());
    admitted.send(get("/healthz"));
    EXPECT_EQ(admitted.answer().status, 200);
}

}  // namespace
}  // namespace rasid

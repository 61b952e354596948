#include "daemon/metrics_listener.hpp"

#include "daemon/task_group.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <gtest/gtest.h>
#include <thread>

namespace rasid {
namespace {

using namespace std::chrono_literals;
namespace asio = boost::asio;
using asio::ip::tcp;

class MetricsListenerTest : public testing::Test {
protected:
    MetricsListenerTest() {
        opened = static_cast<bool>(listener.open());
        if (!opened) return;
        group.spawn("metrics", listener.run());
        thread = std::thread([this] { loop.run(); });
    }
    ~MetricsListenerTest() override {
        group_stop();
        if (thread.joinable()) thread.join();
    }
    void group_stop() {
        asio::post(loop, [this] { ender.spawn("stop", group.stop()); });
    }

    tcp::socket connect() {
        tcp::socket socket(client);
        socket.connect({asio::ip::make_address("127.0.0.1"), listener.port()});
        return socket;
    }
    std::string ask(const std::string& request) {
        auto socket = connect();
        boost::system::error_code error;
        asio::write(socket, asio::buffer(request), error);
        std::string answer;
        asio::read(socket, asio::dynamic_buffer(answer), error);
        return answer;
    }

    Metrics metrics;
    asio::io_context loop{1};
    asio::io_context client;
    TaskGroup group{loop.get_executor(), [](const std::string&, std::exception_ptr) { ADD_FAILURE(); }};
    TaskGroup ender{loop.get_executor(), [](const std::string&, std::exception_ptr) { ADD_FAILURE(); }};
    MetricsListener listener{loop.get_executor(), "127.0.0.1:0", metrics};
    bool opened = false;
    std::thread thread;
};

TEST_F(MetricsListenerTest, serves_the_metrics_and_nothing_else) {
    ASSERT_TRUE(opened);
    metrics.source_fetch("nasma", "ok");
    const auto answer = ask("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n")) << answer;
    EXPECT_NE(answer.find("Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n"), std::string::npos) << answer;
    EXPECT_NE(answer.find("rasid_source_fetches_total{result=\"ok\",source=\"nasma\"} 1\n"), std::string::npos)
        << answer;
    EXPECT_TRUE(ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n").starts_with("HTTP/1.1 404 "));
    EXPECT_TRUE(ask("DELETE /metrics HTTP/1.1\r\nHost: x\r\n\r\n").starts_with("HTTP/1.1 405 "));
}

TEST_F(MetricsListenerTest, survives_callers_who_hang_flood_or_leave) {
    ASSERT_TRUE(opened);
    { const auto leaves = connect(); }
    EXPECT_EQ(ask("GET /metrics HTTP/1.1\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n"), "");
    EXPECT_EQ(ask("\x16\x03\x01 not http\r\n\r\n"), "");
    const auto silent = connect();
    const auto start = std::chrono::steady_clock::now();
    EXPECT_TRUE(ask("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n").starts_with("HTTP/1.1 200 "));
    EXPECT_LT(std::chrono::steady_clock::now() - start, 6s);
}

TEST(MetricsListenerOpenTest, refuses_addresses_it_cannot_use) {
    Metrics metrics;
    asio::io_context loop;
    for (const char* listen :
         {"", "9464", "localhost:9464", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:70000", "192.0.2.1:9464"}) {
        MetricsListener listener(loop.get_executor(), listen, metrics);
        const auto opened = listener.open();
        ASSERT_FALSE(opened) << listen;
        EXPECT_EQ(opened.error().kind, Failure::Kind::refused);
    }
}

}  // namespace
}  // namespace rasid

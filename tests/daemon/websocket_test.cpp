#include "daemon/websocket_adapter.hpp"

#include "daemon/task_group.hpp"
#include "tests/daemon/loop.hpp"
#include "tests/daemon/test_certificate.hpp"
#include "tests/support/scripted_peer.hpp"
#include "tests/support/temp_folder.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <gtest/gtest.h>

#include <future>

namespace rasid {
namespace {

using namespace std::chrono_literals;
using Conversation = ScriptedPeer::Conversation;
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
using tcp = asio::ip::tcp;

/// Beast's own server side on the peer's thread.
using Server = websocket::stream<tcp::socket&>;

class WebSocketTest : public testing::Test {
protected:
    using Talk = std::function<void(Server&)>;

    /// Accepts the handshake, then talks; errors end the conversation.
    static ScriptedPeer::Script serving(Talk talk) {
        return [talk = std::move(talk)](Conversation& with) {
            Server server(with.socket());
            try {
                server.accept();
                talk(server);
            } catch (const boost::system::system_error&) {
            }
        };
    }

    Result<std::unique_ptr<WebSocket>> connect(const std::string& url, std::chrono::milliseconds deadline = 5s) {
        return run_on(loop, sockets.connect(url, deadline));
    }
    Result<std::string> read(WebSocket& socket, std::chrono::milliseconds deadline = 5s) {
        return run_on(loop, socket.read(deadline));
    }

    asio::io_context loop{1};
    TempFolder folder;
    AddressGuard guard{{*parse_allowance("127.0.0.1/32")}};
    BeastWebSockets sockets{loop.get_executor(), [this] { return guard; }, folder.file("ca.pem"), "Rasid/test"};
};

/// Reads until the client closes, so that the server side does not close first.
void wait_for_close(Server& server) {
    beast::flat_buffer buffer;
    for (;;) {
        server.read(buffer);
        buffer.clear();
    }
}

TEST_F(WebSocketTest, reads_text_messages_in_order) {
    ScriptedPeer peer(serving([](Server& server) {
        server.text(true);
        server.write(asio::buffer(std::string("one")));
        server.write(asio::buffer(std::string("")));
        server.write(asio::buffer(std::string("قهوة")));
        wait_for_close(server);
    }));
    auto socket = connect(peer.url("ws", "127.0.0.1", "/subscribe?cursor=5"));
    ASSERT_TRUE(socket) << socket.error().what;
    for (const char* expected : {"one", "", "قهوة"}) {
        const auto message = read(**socket);
        ASSERT_TRUE(message) << message.error().what;
        EXPECT_EQ(*message, expected);
    }
}

TEST_F(WebSocketTest, asks_for_the_path_and_names_itself_and_offers_no_compression) {
    std::string request;
    std::mutex mutex;
    ScriptedPeer peer([&](Conversation& with) {
        const std::lock_guard lock(mutex);
        request = with.read_request();
    });
    EXPECT_FALSE(connect(peer.url("ws", "127.0.0.1", "/subscribe?cursor=5")));
    const std::lock_guard lock(mutex);
    EXPECT_TRUE(request.starts_with("GET /subscribe?cursor=5 HTTP/1.1\r\n")) << request;
    EXPECT_NE(request.find("User-Agent: Rasid/test\r\n"), std::string::npos) << request;
    EXPECT_NE(request.find("Host: 127.0.0.1:" + std::to_string(peer.port()) + "\r\n"), std::string::npos) << request;
    EXPECT_EQ(request.find("permessage-deflate"), std::string::npos) << request;
}

TEST_F(WebSocketTest, stays_usable_after_a_passed_deadline) {
    std::atomic<bool> speak = false;
    ScriptedPeer peer(serving([&](Server& server) {
        while (!speak) std::this_thread::sleep_for(1ms);
        server.text(true);
        server.write(asio::buffer(std::string("late")));
        wait_for_close(server);
    }));
    auto socket = connect(peer.url("ws", "127.0.0.1"));
    ASSERT_TRUE(socket) << socket.error().what;
    for (int turn = 0; turn < 2; ++turn) {
        const auto nothing = read(**socket, 30ms);
        EXPECT_FALSE(nothing);
        if (nothing) break;
        EXPECT_EQ(nothing.error().kind, Failure::Kind::unreachable);
        EXPECT_EQ(nothing.error().what, "no message in time");
    }
    speak = true;
    const auto message = read(**socket);
    ASSERT_TRUE(message) << message.error().what;
    EXPECT_EQ(*message, "late");
}

TEST_F(WebSocketTest, gives_what_arrived_before_it_reports_the_close) {
    ScriptedPeer peer(serving([](Server& server) {
        server.text(true);
        server.write(asio::buffer(std::string("last words")));
        server.close(websocket::close_code::normal);
    }));
    auto socket = connect(peer.url("ws", "127.0.0.1"));
    ASSERT_TRUE(socket) << socket.error().what;
    loop.run_for(50ms);
    const auto message = read(**socket);
    ASSERT_TRUE(message) << message.error().what;
    EXPECT_EQ(*message, "last words");
    for (int turn = 0; turn < 2; ++turn) {
        const auto closed = read(**socket);
        ASSERT_FALSE(closed);
        EXPECT_EQ(closed.error().kind, Failure::Kind::unreachable);
        EXPECT_EQ(closed.error().what, "the server closed the connection");
    }
}

TEST_F(WebSocketTest, a_message_over_the_bound_ends_the_connection) {
    ScriptedPeer peer(serving([](Server& server) {
        server.text(true);
        server.write(asio::buffer(std::string(1u << 20, 'a')));
        server.write(asio::buffer(std::string((1u << 20) + 1, 'b')));
        wait_for_close(server);
    }));
    auto socket = connect(peer.url("ws", "127.0.0.1"));
    ASSERT_TRUE(socket) << socket.error().what;
    const auto fits = read(**socket);
    ASSERT_TRUE(fits) << fits.error().what;
    EXPECT_EQ(fits->size(), 1u << 20);
    const auto over = read(**socket);
    ASSERT_FALSE(over);
    EXPECT_EQ(over.error().kind, Failure::Kind::unreachable);
}

TEST_F(WebSocketTest, binary_messages_are_passed_over) {
    ScriptedPeer peer(serving([](Server& server) {
        server.binary(true);
        server.write(asio::buffer(std::string("\x01\x02")));
        server.text(true);
        server.write(asio::buffer(std::string("text")));
        wait_for_close(server);
    }));
    auto socket = connect(peer.url("ws", "127.0.0.1"));
    ASSERT_TRUE(socket) << socket.error().what;
    const auto message = read(**socket);
    ASSERT_TRUE(message) << message.error().what;
    EXPECT_EQ(*message, "text");
}

TEST_F(WebSocketTest, reads_ahead_only_so_far_and_loses_nothing) {
    constexpr int kMessages = 300;
    std::atomic<int> sent = 0;
    ScriptedPeer peer(serving([&](Server& server) {
        server.text(true);
        for (; sent < kMessages; ++sent) server.write(asio::buffer(std::string(100'000, 'x')));
        wait_for_close(server);
    }));
    auto socket = connect(peer.url("ws", "127.0.0.1"));
    ASSERT_TRUE(socket) << socket.error().what;
    loop.restart();
    loop.run_for(500ms);
    EXPECT_LT(sent, kMessages) << "30 MB were taken although nobody reads";
    for (int at = 0; at < kMessages; ++at) {
        const auto message = read(**socket);
        ASSERT_TRUE(message) << at << ": " << message.error().what;
        ASSERT_EQ(message->size(), 100'000u);
    }
}

TEST_F(WebSocketTest, answers_pings_while_nobody_reads) {
    std::atomic<bool> ponged = false;
    ScriptedPeer peer(serving([&](Server& server) {
        server.control_callback([&](websocket::frame_type kind, beast::string_view) {
            if (kind == websocket::frame_type::pong) ponged = true;
        });
        server.ping({});
        wait_for_close(server);
    }));
    auto socket = connect(peer.url("ws", "127.0.0.1"));
    ASSERT_TRUE(socket) << socket.error().what;
    loop.restart();
    const auto until = std::chrono::steady_clock::now() + 5s;
    while (!ponged && std::chrono::steady_clock::now() < until) loop.run_for(10ms);
    EXPECT_TRUE(ponged);
}

TEST_F(WebSocketTest, destruction_says_goodbye) {
    std::promise<bool> told;
    auto goodbye = told.get_future();
    ScriptedPeer peer(serving([&](Server& server) {
        boost::system::error_code error;
        beast::flat_buffer buffer;
        server.read(buffer, error);
        told.set_value(error == websocket::error::closed && server.reason().code == websocket::close_code::going_away);
    }));
    auto socket = connect(peer.url("ws", "127.0.0.1"));
    ASSERT_TRUE(socket) << socket.error().what;
    socket->reset();
    loop.restart();
    loop.run();
    ASSERT_EQ(goodbye.wait_for(5s), std::future_status::ready);
    EXPECT_TRUE(goodbye.get());
}

TEST_F(WebSocketTest, an_address_that_is_not_allowed_is_not_connected_to) {
    ScriptedPeer peer(serving([](Server& server) { wait_for_close(server); }));
    guard = AddressGuard();
    for (const char* host : {"127.0.0.1", "127.1", "localhost", "0", "[::ffff:127.0.0.1]"}) {
        const auto socket = connect(peer.url("ws", host));
        ASSERT_FALSE(socket) << host;
        EXPECT_EQ(socket.error().kind, Failure::Kind::blocked) << host << ": " << socket.error().what;
    }
    EXPECT_EQ(peer.connections(), 0);
}

TEST_F(WebSocketTest, urls_of_other_kinds_are_refused) {
    for (const char* url : {"", "http://127.0.0.1/", "ws://", "ws:///x", "wss://user:secret@127.0.0.1/", "not a url",
                            "ws://127.0.0.1:99999/"}) {
        const auto socket = connect(url);
        ASSERT_FALSE(socket) << url;
        EXPECT_EQ(socket.error().kind, Failure::Kind::refused) << url << ": " << socket.error().what;
    }
}

TEST_F(WebSocketTest, a_server_that_stays_silent_costs_no_more_than_the_deadline) {
    ScriptedPeer peer([](Conversation& with) {
        with.read_request();
        with.client_gone();
    });
    for (const char* scheme : {"ws", "wss"}) {
        if (scheme == std::string("wss")) TestCertificate("DNS:localhost").write_authority(folder.file("ca.pem"));
        const auto start = std::chrono::steady_clock::now();
        const auto socket = connect(peer.url(scheme, "127.0.0.1"), 150ms);
        ASSERT_FALSE(socket) << scheme;
        EXPECT_EQ(socket.error().kind, Failure::Kind::unreachable);
        EXPECT_LT(std::chrono::steady_clock::now() - start, 2s);
    }
}

TEST_F(WebSocketTest, a_server_that_speaks_only_http_is_unreachable) {
    ScriptedPeer peer([](Conversation& with) {
        with.read_request();
        with.write("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
    });
    const auto socket = connect(peer.url("ws", "127.0.0.1"));
    ASSERT_FALSE(socket);
    EXPECT_EQ(socket.error().kind, Failure::Kind::unreachable);
}

TEST_F(WebSocketTest, wss_verifies_the_name_of_the_server) {
    TestCertificate certificate("DNS:localhost");
    certificate.write_authority(folder.file("ca.pem"));
    ScriptedPeer peer([&](Conversation& with) {
        websocket::stream<beast::ssl_stream<tcp::socket&>> server(with.socket(), certificate.server());
        try {
            server.next_layer().handshake(asio::ssl::stream_base::server);
            server.accept();
            server.text(true);
            server.write(asio::buffer(std::string("secure")));
            beast::flat_buffer buffer;
            server.read(buffer);
        } catch (const boost::system::system_error&) {
        }
    });
    const auto wrong_name = connect(peer.url("wss", "127.0.0.1"));
    ASSERT_FALSE(wrong_name);
    EXPECT_EQ(wrong_name.error().kind, Failure::Kind::unreachable) << wrong_name.error().what;
    auto socket = connect(peer.url("wss", "localhost"));
    ASSERT_TRUE(socket) << socket.error().what;
    const auto message = read(**socket);
    ASSERT_TRUE(message) << message.error().what;
    EXPECT_EQ(*message, "secure");
    socket->reset();
    loop.restart();
    loop.run_for(3s);
}

TEST_F(WebSocketTest, wss_refuses_a_certificate_nobody_vouches_for) {
    TestCertificate trusted("DNS:localhost");
    trusted.write_authority(folder.file("ca.pem"));
    TestCertificate presented("DNS:localhost");
    ScriptedPeer peer([&](Conversation& with) { with.start_tls(presented.server()); });
    const auto socket = connect(peer.url("wss", "localhost"));
    ASSERT_FALSE(socket);
    EXPECT_EQ(socket.error().kind, Failure::Kind::unreachable) << socket.error().what;
}

Task<void> connect_and_forget(BeastWebSockets& sockets, std::string url) {
    const auto socket = co_await sockets.connect(url, 1h);
    ADD_FAILURE() << "connected to a server that never answers: " << (socket ? "" : socket.error().what);
}

Task<void> stop_soon(TaskGroup& group) {
    asio::steady_timer timer(co_await asio::this_coro::executor, 100ms);
    co_await timer.async_wait(asio::use_awaitable);
    co_await group.stop();
}

TEST_F(WebSocketTest, a_cancelled_connect_leaves_no_connection) {
    std::atomic<bool> gone = false;
    ScriptedPeer peer([&](Conversation& with) {
        with.read_request();
        gone = with.client_gone();
    });
    TaskGroup group(loop.get_executor(), [](const std::string&, std::exception_ptr) { ADD_FAILURE(); });
    group.spawn("connect", connect_and_forget(sockets, peer.url("ws", "127.0.0.1")));
    run_on(loop, stop_soon(group));
    EXPECT_EQ(group.size(), 0u);
    const auto until = std::chrono::steady_clock::now() + 5s;
    while (!gone && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(5ms);
    EXPECT_TRUE(gone);
}

}  // namespace
}  // namespace rasid

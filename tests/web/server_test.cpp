#include "tests/web/web_house.hpp"

#include "web/listener.hpp"

#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>

namespace rasid {
namespace {

namespace asio = boost::asio;

TEST(Server, refuses_to_listen_beyond_loopback_without_tls) {
    WebHouse house([](WebConfig& config) { config.listen = "0.0.0.0:0"; });
    ASSERT_FALSE(house.started);
    EXPECT_EQ(house.started.error().kind, Failure::Kind::refused);
}

TEST(Server, says_what_is_wrong_with_its_configuration) {
    WebHouse nowhere([](WebConfig& config) { config.listen = "somewhere"; });
    EXPECT_FALSE(nowhere.started);
    WebHouse no_page([](WebConfig& config) { config.web_dir = "/nonexistent"; });
    EXPECT_FALSE(no_page.started);
    WebHouse no_certificate([](WebConfig& config) { config.tls_cert = "/nonexistent"; });
    EXPECT_FALSE(no_certificate.started);
    WebHouse bad_proxy([](WebConfig& config) { config.trusted_proxies = {"proxy.example"}; });
    EXPECT_FALSE(bad_proxy.started);
    WebHouse first;
    WebHouse second([&](WebConfig& config) { config.listen = "127.0.0.1:" + std::to_string(first.server->port()); });
    EXPECT_FALSE(second.started);
}

TEST(Server, answers_on_a_unix_socket_under_the_name_of_its_proxy) {
    TempFolder folder;
    const auto path = folder.file("web.sock");
    {
        WebHouse house([&](WebConfig& config) {
            config.listen = "unix:" + path;
            config.public_url = "https://rasid.example.org";
        });
        ASSERT_TRUE(house.started);
        asio::io_context loop;
        asio::local::stream_protocol::socket socket(loop);
        socket.connect(asio::local::stream_protocol::endpoint(path));
        asio::write(socket,
                    asio::buffer(std::string_view(
                        "GET /api/v1/first-admin HTTP/1.1\r\nHost: rasid.example.org\r\nConnection: close\r\n\r\n")));
        std::string answer;
        boost::system::error_code ended;
        asio::read(socket, asio::dynamic_buffer(answer), ended);
        EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK")) << answer;
        EXPECT_NE(answer.find("Strict-Transport-Security"), std::string::npos);
    }
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(Server, takes_over_a_socket_that_listens_already) {
    asio::io_context loop;
    asio::ip::tcp::acceptor acceptor(loop, {asio::ip::address_v4::loopback(), 0});
    const auto port = acceptor.local_endpoint().port();
    const int fd = acceptor.release();
    WebHouse house([&](WebConfig& config) { config.inherited_fd = fd; });
    ASSERT_TRUE(house.started);
    EXPECT_EQ(house.server->port(), port);
    EXPECT_EQ(house.stranger().get("/healthz").status, 200);
}

/// A certificate of its own making, by the openssl program.
void make_certificate(const TempFolder& folder) {
    const auto command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "
                         "/CN=localhost -keyout " +
                         folder.file("key.pem") + " -out " + folder.file("cert.pem") + " 2>/dev/null";
    ASSERT_EQ(std::system(command.c_str()), 0);
}

TEST(Server, speaks_tls_of_1_2_and_newer_and_reads_its_certificate_again) {
    TempFolder folder;
    make_certificate(folder);
    WebHouse house([&](WebConfig& config) {
        config.listen = "0.0.0.0:0";
        config.public_url = "https://localhost";
        config.tls_cert = folder.file("cert.pem");
        config.tls_key = folder.file("key.pem");
    });
    ASSERT_TRUE(house.started) << house.started.error().what;
    const auto visit = [&](int newest) {
        asio::io_context loop;
        asio::ssl::context context(asio::ssl::context::tls_client);
        SSL_CTX_set_max_proto_version(context.native_handle(), newest);
        asio::ssl::stream<asio::ip::tcp::socket> stream(loop, context);
        stream.next_layer().connect({asio::ip::address_v4::loopback(), house.server->port()});
        boost::system::error_code failure;
        stream.handshake(asio::ssl::stream_base::client, failure);
        if (failure) return std::string();
        asio::write(
            stream,
            asio::buffer(std::string_view("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")),
            failure);
        std::string answer;
        asio::read(stream, asio::dynamic_buffer(answer), failure);
        return answer;
    };
    EXPECT_TRUE(visit(TLS1_3_VERSION).ends_with(R"({"status":"alive"})"));
    EXPECT_NE(visit(TLS1_3_VERSION).find("Strict-Transport-Security: max-age=31536000"), std::string::npos);
    EXPECT_TRUE(visit(TLS1_2_VERSION).ends_with(R"({"status":"alive"})"));
    EXPECT_EQ(visit(TLS1_1_VERSION), "");
    house.on_loop([&] { EXPECT_TRUE(house.server->reload_certificate()); });
    std::ofstream(folder.file("cert.pem")) << "broken";
    house.on_loop([&] { EXPECT_FALSE(house.server->reload_certificate()); });
    EXPECT_TRUE(visit(TLS1_3_VERSION).ends_with(R"({"status":"alive"})"));
}

TEST(Server, turns_an_exception_into_a_500_with_an_id_and_goes_on) {
    WebHouse house;
    auto sara = house.sign_in("Sara");
    house.actions.clear();
    house.hear("coffee");
    Wire wire(house.server->port());
    house.fail_actions = true;
    const auto request = "GET /api/v1/tickets HTTP/1.1\r\nHost: localhost\r\nCookie: " + sara.cookie + "\r\n\r\n";
    wire.send(request);
    const auto broken = wire.answer();
    EXPECT_EQ(broken.status, 500);
    EXPECT_EQ(broken.code(), "internal");
    EXPECT_EQ(broken.body.find("secret"), std::string::npos);
    house.fail_actions = false;
    wire.send(request);
    EXPECT_EQ(wire.answer().status, 200);
    const std::lock_guard lock(house.told.mutex);
    ASSERT_EQ(house.told.failures.size(), 1u);
    EXPECT_NE(house.told.failures[0].find("secret"), std::string::npos);
    EXPECT_NE(broken.body.find(house.told.failures[0].substr(0, 26)), std::string::npos)
        << "the client's id leads to the log";
}

TEST(Server, stops_within_its_grace_though_somebody_is_in_the_middle_of_a_request) {
    auto house =
        std::make_unique<WebHouse>([](WebConfig& config) { config.stop_grace = std::chrono::milliseconds(300); });
    Wire half(house->server->port());
    half.send("POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc");
    Wire idle(house->server->port());
    idle.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(idle.answer().status, 200);
    const auto begun = std::chrono::steady_clock::now();
    house.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(5));
    EXPECT_TRUE(idle.ended());
    EXPECT_TRUE(half.ended());
}

}  // namespace
}  // namespace rasid

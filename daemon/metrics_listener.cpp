#include "daemon/metrics_listener.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <charconv>

namespace rasid {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;

namespace {

constexpr std::chrono::seconds kPatience{2};
constexpr std::chrono::seconds kBreath{1};
constexpr std::uint32_t kRequestHeaderBytes = 8u << 10;

std::optional<tcp::endpoint> parse_endpoint(const std::string& listen) {
    const auto colon = listen.rfind(':');
    if (colon == std::string::npos) return std::nullopt;
    auto host = listen.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    std::uint16_t port = 0;
    const char* const end = listen.data() + listen.size();
    const auto parsed = std::from_chars(listen.data() + colon + 1, end, port);
    boost::system::error_code error;
    const auto address = asio::ip::make_address(host, error);
    if (error || parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
    return tcp::endpoint(address, port);
}

http::response<http::string_body> answer_to(const http::request<http::empty_body>& request, const Metrics& metrics) {
    http::response<http::string_body> answer{http::status::ok, request.version()};
    answer.keep_alive(false);
    answer.set(http::field::cache_control, "no-store");
    answer.set(http::field::content_type, "text/plain; charset=utf-8");
    if (request.target() != "/metrics") {
        answer.result(http::status::not_found);
        answer.body() = "the metrics are at /metrics\n";
    } else if (request.method() != http::verb::get) {
        answer.result(http::status::method_not_allowed);
        answer.set(http::field::allow, "GET");
    } else {
        answer.set(http::field::content_type, "text/plain; version=0.0.4; charset=utf-8");
        answer.body() = metrics.text();
    }
    answer.prepare_payload();
    return answer;
}

}  // namespace

struct MetricsListener::Parts {
    asio::any_io_executor executor;
    std::string listen;
    const Metrics& metrics;
    tcp::acceptor acceptor;
};

MetricsListener::MetricsListener(asio::any_io_executor executor, std::string listen, const Metrics& metrics)
    : parts_(std::make_unique<Parts>(Parts{executor, std::move(listen), metrics, tcp::acceptor(executor)})) {}

MetricsListener::~MetricsListener() = default;

Result<void> MetricsListener::open() {
    const auto endpoint = parse_endpoint(parts_->listen);
    if (!endpoint)
        return Failure{Failure::Kind::refused,
                       "`" + parts_->listen + "` is not address:port, for example 127.0.0.1:9464"};
    auto& acceptor = parts_->acceptor;
    boost::system::error_code error;
    acceptor.open(endpoint->protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor.bind(*endpoint, error);
    if (!error) acceptor.listen(16, error);
    if (error) return Failure{Failure::Kind::refused, "cannot listen on " + parts_->listen + ": " + error.message()};
    return {};
}

std::uint16_t MetricsListener::port() const { return parts_->acceptor.local_endpoint().port(); }

Task<void> MetricsListener::run() {
    auto& parts = *parts_;
    for (;;) {
        boost::system::error_code error;
        beast::tcp_stream stream(parts.executor);
        co_await parts.acceptor.async_accept(stream.socket(), asio::redirect_error(asio::use_awaitable, error));
        if (error) {
            // Out of descriptors: trying again at once would only spin. A cancelled coroutine throws here.
            asio::steady_timer breath(parts.executor, kBreath);
            co_await breath.async_wait(asio::use_awaitable);
            continue;
        }
        stream.expires_after(kPatience);
        beast::flat_buffer buffer(kRequestHeaderBytes);
        http::request_parser<http::empty_body> parser;
        parser.header_limit(kRequestHeaderBytes);
        co_await http::async_read(stream, buffer, parser, asio::redirect_error(asio::use_awaitable, error));
        if (error) continue;
        const auto answer = answer_to(parser.get(), parts.metrics);
        co_await http::async_write(stream, answer, asio::redirect_error(asio::use_awaitable, error));
        stream.socket().shutdown(tcp::socket::shutdown_send, error);
    }
}

}  // namespace rasid

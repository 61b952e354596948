#include "web/connection.hpp"

#include "core/limits.hpp"
#include "web/as_outcome.hpp"
#include "web/client_address.hpp"
#include "web/dispatch.hpp"
#include "web/framing.hpp"
#include "web/listener.hpp"
#include "web/router.hpp"
#include "web/stream.hpp"

#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

namespace rasid {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using Socket = asio::generic::stream_protocol::socket;

constexpr std::size_t kBodyOfStrangers = 64u << 10;
constexpr std::size_t kChunkExtensions = 256;

template <typename Stream>
class Exchange {
public:
    Exchange(Site& site, const OriginRules& origin, Connections& connections, Connection& connection, Stream& stream)
        : site_(site), origin_(origin), connections_(connections), connection_(connection), stream_(stream),
          buffer_(limits::kRequestHeader + (128u << 10)) {}

    Task<void> run() {
        bool first = true;
        while (!connections_.stopping()) {
            connection_.between_requests = true;
            const auto status = co_await read_head(first);
            if (status < 0) co_return;
            if (status > 0) {
                co_await refuse(status);
                co_return;
            }
            first = false;
            const bool go_on = co_await one_request();
            if (!go_on) co_return;
        }
    }

private:
    std::string_view received() const {
        return {static_cast<const char*>(buffer_.data().data()), buffer_.data().size()};
    }

    /// Waits for a whole head and judges it: 0 sound, a status to refuse with, or -1 when nobody is there any more.
    Task<int> read_head(bool first) {
        // A deadline covers the whole head, however many pieces it comes in: on a new connection from its first moment,
        // on a kept one from the first byte.
        bool begun = first;
        lowest_layer(stream_).expires_after(first ? site_.config.header_deadline : site_.config.keep_alive);
        while (true) {
            const auto text = received();
            const auto end = text.find("\r\n\r\n");
            if (end != std::string_view::npos) {
                connection_.between_requests = false;
                head_size_ = end + 4;
                co_return refuse_head(text.substr(0, head_size_)).value_or(0);
            }
            if (text.size() > limits::kRequestHeader) co_return 431;
            if (has_bare_newline(text)) co_return 400;
            if (!begun && !text.empty()) {
                begun = true;
                connection_.between_requests = false;
                lowest_layer(stream_).expires_after(site_.config.header_deadline);
            }
            const auto [failure, size] = co_await read_some();
            if (failure) co_return failure == beast::error::timeout&& begun ? 408 : -1;
            buffer_.commit(size);
        }
    }

    Task<std::tuple<boost::system::error_code, std::size_t>> read_some() {
        auto outcome = co_await stream_.async_read_some(buffer_.prepare(4096), kAsOutcome);
        co_return outcome;
    }

    /// Reads the body, answers, and says whether the connection goes on.
    Task<bool> one_request() {
        const auto begun = std::chrono::steady_clock::now();
        http::request_parser<http::string_body> parser;
        parser.header_limit(limits::kRequestHeader);
        parser.body_limit(boost::none);
        lowest_layer(stream_).expires_after(site_.config.body_deadline);
        auto outcome = co_await http::async_read_header(stream_, buffer_, parser, kAsOutcome);
        if (std::get<0>(outcome)) {
            co_await refuse(400);
            co_return false;
        }
        auto request = request_of(parser.get());
        const bool stranger = request.cookie(kSessionCookie).empty() && request.header("Authorization").empty();
        const auto target = parser.get().target();
        const auto longest = stranger ? kBodyOfStrangers : longest_body({target.data(), target.size()});
        parser.body_limit(longest);
        if (parser.content_length() && *parser.content_length() > longest) {
            co_await refuse(413);
            co_return false;
        }
        auto on_chunk = [](std::uint64_t, boost::core::string_view extensions, boost::system::error_code& failure) {
            if (extensions.size() > kChunkExtensions) failure = http::error::bad_chunk_extension;
        };
        parser.on_chunk_header(on_chunk);
        if (!request.header("Expect").empty() && !parser.is_done()) {
            auto sent = co_await asio::async_write(
                stream_, asio::buffer(std::string_view("HTTP/1.1 100 Continue\r\n\r\n")), kAsOutcome);
            if (std::get<0>(sent)) co_return false;
        }
        auto read = co_await http::async_read(stream_, buffer_, parser, kAsOutcome);
        if (const auto failure = std::get<0>(read)) {
            if (failure == http::error::body_limit)
                co_await refuse(413);
            else if (failure == beast::error::timeout)
                co_await refuse(408);
            else
                co_await refuse(400);
            co_return false;
        }
        const bool client_keeps = parser.keep_alive();
        request.body = std::move(parser.get().body());
        const bool go_on = co_await answer(request, std::string(parser.get().target()), client_keeps, begun);
        co_return go_on;
    }

    template <typename Message>
    Request request_of(const Message& message) {
        Request request;
        request.method = std::string(message.method_string());
        std::string hops;  // of every X-Forwarded-For: a proxy may add a field of its own after the client's
        for (const auto& field : message) {
            request.headers.push_back({std::string(field.name_string()), std::string(field.value())});
            if (!boost::beast::iequals(field.name_string(), "X-Forwarded-For")) continue;
            if (!hops.empty()) hops += ", ";
            hops += request.headers.back().value;
        }
        request.client = client_address(connection_.peer, hops, site_.config.trusted_proxies);
        return request;
    }

    Task<bool> answer(Request& request, std::string target, bool client_keeps,
                      std::chrono::steady_clock::time_point begun) {
        Response response;
        std::string_view route = "unknown";
        if (const auto refused = decode_target(target, request)) {
            response = *refused == 404 ? not_found() : problem(400, "bad_request", "the address is malformed");
            add_security_headers(response, https());
        } else {
            response = co_await dispatch(site_, origin_, request, https(), route);
        }
        if (request.principal) connections_.recognise(connection_);
        const bool endless = response.events != nullptr;
        const bool keep = client_keeps && !endless && !connections_.stopping();
        auto text = response_head(response, keep, endless || response.type.starts_with("text/event-stream"));
        if (request.method != "HEAD") text += response.body;
        const bool sent = co_await send(stream_, text);
        if (site_.hooks.served) {
            const auto took = std::chrono::steady_clock::now() - begun;
            site_.hooks.served(
                {route, request.method, response.status, std::chrono::duration_cast<std::chrono::microseconds>(took)});
        }
        if (endless) {
            if (sent) co_await stream_events(response.events);
            site_.events.close(response.events);
            co_return false;
        }
        if (sent && !keep) co_await linger(stream_);
        co_return sent&& keep;
    }

    Task<void> stream_events(std::shared_ptr<EventStream> events) {
        while (!events->ended()) {
            auto batch = co_await events->next(site_.config.heartbeat);
            if (batch.empty() && !events->ended()) {
                const bool alive = co_await site_.accounts.alive(events->session());
                if (!alive) co_return;
                batch = site_.events.heartbeat();
            }
            const bool sent = co_await send(stream_, batch);
            if (!sent) co_return;
        }
        co_await linger(stream_);
    }

    Task<void> refuse(int status) {
        const std::string_view code = status == 413 || status == 431 ? "too_large"
                                      : status == 408                ? "timeout"
                                                                     : "bad_request";
        auto response = problem(status, code, reason_phrase(status));
        add_security_headers(response, https());
        const auto text = response_head(response, false, false) + response.body;
        const bool sent = co_await send(stream_, text);
        if (sent) co_await linger(stream_);
    }

    bool https() const { return kSecure || site_.config.public_url.starts_with("https://"); }

    static constexpr bool kSecure = std::is_same_v<Stream, SecureStream>;

    Site& site_;
    const OriginRules& origin_;
    Connections& connections_;
    Connection& connection_;
    Stream& stream_;
    beast::flat_buffer buffer_;
    std::size_t head_size_ = 0;
};

}  // namespace

Task<void> serve_connection(Site& site, const OriginRules& origin, Connections& connections, Socket socket,
                            std::shared_ptr<asio::ssl::context> tls, bool trusted) {
    Connection connection;
    connection.peer = peer_address(socket);
    connection.trusted = trusted || is_listed(connection.peer, site.config.trusted_proxies);
    if (!connections.admit(connection, site.config.connections, site.config.connections_per_address)) co_return;
    PlainStream plain(std::move(socket));
    if (!tls) {
        connection.socket = &plain.socket();
        const RegisteredConnection registered(connections, connection);
        Exchange<PlainStream> exchange(site, origin, connections, connection, plain);
        co_await exchange.run();
        co_return;
    }
    SecureStream secure(std::move(plain), *tls);
    connection.socket = &lowest_layer(secure).socket();
    const RegisteredConnection registered(connections, connection);
    lowest_layer(secure).expires_after(site.config.header_deadline);
    auto shaken = co_await secure.async_handshake(asio::ssl::stream_base::server, kAsOutcome);
    if (std::get<0>(shaken)) co_return;
    Exchange<SecureStream> exchange(site, origin, connections, connection, secure);
    co_await exchange.run();
}

}  // namespace rasid

#include "daemon/websocket_adapter.hpp"

#include "daemon/websocket_link.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <charconv>
#include <optional>
#include <type_traits>
#include <vector>

namespace rasid {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
using asio::ip::tcp;

struct BeastWebSockets::Tls {
    asio::ssl::context context{asio::ssl::context::tls_client};
};

namespace {

using PlainStream = websocket::stream<tcp::socket>;
// Not beast::ssl_stream: of Boost 1.81's teardowns of it clang 16 cannot choose one.
using TlsStream = websocket::stream<asio::ssl::stream<tcp::socket>>;
using ErrorCode = boost::system::error_code;

constexpr std::size_t kMessageBytes = 1u << 20;
constexpr std::chrono::seconds kIdle{60};
constexpr std::chrono::seconds kClose{2};

struct Target {
    bool tls = false;
    std::string host = {};       ///< without brackets
    std::string authority = {};  ///< as the Host header has it
    std::string port = {};
    std::string path = {};
};

Result<Target> parse_target(const std::string& text) {
    const auto parsed = boost::urls::parse_uri(text);
    if (!parsed) return Failure{Failure::Kind::refused, "not a URL: " + text};
    const boost::urls::url_view url = *parsed;
    Target target;
    target.tls = url.scheme() == "wss";
    if (!target.tls && url.scheme() != "ws")
        return Failure{Failure::Kind::refused, "not a ws:// or wss:// URL: " + text};
    if (url.has_userinfo()) return Failure{Failure::Kind::refused, "a user name in a WebSocket URL is not supported"};
    target.host = url.host_address();
    if (target.host.empty()) return Failure{Failure::Kind::refused, "a URL without a host: " + text};
    target.authority = std::string(url.encoded_host_and_port());
    target.port = url.has_port() && !url.port().empty() ? std::string(url.port()) : target.tls ? "443" : "80";
    // Boost.URL 1.81 lets numbers pass that do not fit into a port.
    std::uint16_t port = 0;
    const char* const end = target.port.data() + target.port.size();
    if (const auto read = std::from_chars(target.port.data(), end, port);
        read.ec != std::errc() || read.ptr != end || port == 0) {
        return Failure{Failure::Kind::refused, "no such port: " + text};
    }
    target.path = std::string(url.encoded_target());
    if (!target.path.starts_with('/')) target.path.insert(0, "/");
    return target;
}

/// One connection over one kind of stream. Every step is a call-back that owns the object, so that a coroutine which is
/// cancelled or out of time just walks away.
template <typename Stream>
class StreamLink final : public WebSocketLink {
public:
    template <typename... Arguments>
    explicit StreamLink(const asio::any_io_executor& executor, Arguments&... arguments)
        : WebSocketLink(executor), stream_(executor, arguments...), resolver_(executor) {}

    Task<Result<tcp::resolver::results_type>> resolve(Target target, Deadline deadline) {
        resolver_.async_resolve(target.host, target.port,
                                [self = own()](ErrorCode error, tcp::resolver::results_type found) {
                                    self->found_ = std::move(found);
                                    self->step_ended(error);
                                });
        const ErrorCode error = co_await step(deadline);
        if (error) co_return unreachable("cannot find " + target.host, error);
        co_return std::move(found_);
    }

    Task<ErrorCode> open(tcp::endpoint endpoint, Deadline deadline) {
        ErrorCode ignored;
        socket().close(ignored);
        socket().async_connect(endpoint, [self = own()](ErrorCode error) { self->step_ended(error); });
        const ErrorCode error = co_await step(deadline);
        co_return error;
    }

    Task<Result<void>> greet(Target target, std::string user_agent, Deadline deadline) {
        if constexpr (std::is_same_v<Stream, TlsStream>) {
            auto& tls = stream_.next_layer();
            ErrorCode not_an_address;
            asio::ip::make_address(target.host, not_an_address);
            if (not_an_address) SSL_set_tlsext_host_name(tls.native_handle(), target.host.c_str());
            tls.set_verify_callback(asio::ssl::host_name_verification(target.host));
            tls.async_handshake(asio::ssl::stream_base::client,
                                [self = own()](ErrorCode error) { self->step_ended(error); });
            const ErrorCode error = co_await step(deadline);
            if (error) co_return unreachable("no secure connection to " + target.host, error);
        }
        stream_.set_option(websocket::stream_base::decorator([user_agent](websocket::request_type& request) {
            request.set(beast::http::field::user_agent, user_agent);
        }));
        stream_.read_message_max(kMessageBytes);
        stream_.async_handshake(target.authority, target.path,
                                [self = own()](ErrorCode error) { self->step_ended(error); });
        const ErrorCode error = co_await step(deadline);
        if (error) co_return unreachable("no WebSocket at " + target.host, error);
        stream_.set_option(websocket::stream_base::timeout{kClose, kIdle, true});
        co_return Result<void>{};
    }

    void close() override {
        resolver_.cancel();
        if (closing_) return;
        closing_ = true;
        if (!stream_.is_open()) {
            cut();
            return;
        }
        stream_.async_close(websocket::close_code::going_away, [self = own()](ErrorCode) { self->cut(); });
    }

private:
    // Call-backs that are under way own the link: it must outlive the WebSocket that the caller drops.
    std::shared_ptr<StreamLink> own() { return std::static_pointer_cast<StreamLink>(shared_from_this()); }

    tcp::socket& socket() { return beast::get_lowest_layer(stream_); }

    void cut() {
        ErrorCode ignored;
        socket().close(ignored);
    }

    void start_reading() override {
        stream_.async_read(buffer_, [self = own()](ErrorCode error, std::size_t) {
            if (error) {
                self->ended(error == websocket::error::closed ? "the server closed the connection" : error.message());
                return;
            }
            std::string message;
            if (self->stream_.got_text()) message = beast::buffers_to_string(self->buffer_.data());
            self->buffer_.consume(self->buffer_.size());
            self->received(self->stream_.got_text() ? std::optional(std::move(message)) : std::nullopt);
        });
    }

    Stream stream_;
    tcp::resolver resolver_;
    tcp::resolver::results_type found_;
    beast::flat_buffer buffer_;
    bool closing_ = false;
};

/// Closes a link whose connecting does not come to a good end, by whatever way the coroutine is left.
struct Abandon {
    WebSocketLink* link;
    ~Abandon() {
        if (link) link->close();
    }
};

template <typename Link>
Task<Result<std::unique_ptr<WebSocket>>> connect_through(std::shared_ptr<Link> link, Target target, AddressGuard guard,
                                                         std::string user_agent, Deadline deadline) {
    Abandon abandon{link.get()};
    auto found = co_await link->resolve(target, deadline);
    if (!found) co_return found.error();

    Failure failure{Failure::Kind::unreachable, "no address for " + target.host};
    bool connected = false;
    for (const auto& entry : *found) {
        const tcp::endpoint endpoint = entry.endpoint();
        if (!guard.allows(endpoint.address(), endpoint.port())) {
            failure = {Failure::Kind::blocked, "connecting to " + endpoint.address().to_string() + " port " +
                                                   std::to_string(endpoint.port()) +
                                                   " is not allowed; if it is yours, add it to [fetch] allow_private"};
            continue;
        }
        const ErrorCode error = co_await link->open(endpoint, deadline);
        if (!error) {
            connected = true;
            break;
        }
        failure = unreachable("cannot connect to " + target.host, error);
        if (error == asio::error::timed_out) break;
    }
    if (!connected) co_return failure;

    const auto greeted = co_await link->greet(target, user_agent, deadline);
    if (!greeted) co_return greeted.error();
    abandon.link = nullptr;
    link->receive();
    co_return std::unique_ptr<WebSocket>(std::make_unique<LinkedWebSocket>(std::move(link)));
}

}  // namespace

BeastWebSockets::BeastWebSockets(asio::any_io_executor executor, CurrentGuard guard, std::string ca_file,
                                 std::string user_agent)
    : executor_(std::move(executor)), guard_(std::move(guard)), ca_file_(std::move(ca_file)),
      user_agent_(std::move(user_agent)) {}

BeastWebSockets::~BeastWebSockets() = default;

Task<Result<std::unique_ptr<WebSocket>>> BeastWebSockets::connect(std::string url, std::chrono::milliseconds deadline) {
    const auto until = std::chrono::steady_clock::now() + deadline;
    auto target = parse_target(url);
    if (!target) co_return target.error();
    if (!target->tls) {
        auto link = std::make_shared<StreamLink<PlainStream>>(executor_);
        auto connected = co_await connect_through(std::move(link), *target, guard_(), user_agent_, until);
        co_return connected;
    }
    if (!tls_) {
        auto tls = std::make_unique<Tls>();
        ErrorCode error;
        tls->context.set_verify_mode(asio::ssl::verify_peer);
        SSL_CTX_set_min_proto_version(tls->context.native_handle(), TLS1_2_VERSION);
        tls->context.load_verify_file(ca_file_, error);
        if (error)
            co_return Failure{Failure::Kind::unreachable,
                              "cannot read the certificates of " + ca_file_ + ": " + error.message()};
        tls_ = std::move(tls);
    }
    auto link = std::make_shared<StreamLink<TlsStream>>(executor_, tls_->context);
    auto connected = co_await connect_through(std::move(link), *target, guard_(), user_agent_, until);
    co_return connected;
}

}  // namespace rasid

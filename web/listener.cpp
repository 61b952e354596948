#include "web/listener.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>

#include <charconv>
#include <cstring>
#include <optional>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace rasid {
namespace {

namespace asio = boost::asio;
using Protocol = asio::generic::stream_protocol;
using Endpoint = Protocol::endpoint;

std::optional<asio::ip::tcp::endpoint> parse_endpoint(std::string_view where) {
    const auto colon = where.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    auto host = where.substr(0, colon);
    std::uint16_t port = 0;
    const auto parsed = std::from_chars(where.data() + colon + 1, where.data() + where.size(), port);
    if (parsed.ec != std::errc() || parsed.ptr != where.data() + where.size()) return std::nullopt;
    if (host == "localhost") host = "127.0.0.1";
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    boost::system::error_code failure;
    const auto address = asio::ip::make_address(std::string(host), failure);
    if (failure) return std::nullopt;
    return asio::ip::tcp::endpoint(address, port);
}

std::optional<asio::ip::tcp::endpoint> tcp_of(const Endpoint& endpoint) {
    const auto family = endpoint.protocol().family();
    if (family != AF_INET && family != AF_INET6) return std::nullopt;
    asio::ip::tcp::endpoint tcp;
    if (endpoint.size() > tcp.capacity()) return std::nullopt;
    std::memcpy(tcp.data(), endpoint.data(), endpoint.size());
    tcp.resize(endpoint.size());
    return tcp;
}

/// Removes a socket that an earlier run left; anything else of that name is somebody's file.
void remove_left_over(const std::string& path) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) == 0 && S_ISSOCK(status.st_mode)) ::unlink(path.c_str());
}

Result<Listener> described(Listener listener) {
    boost::system::error_code failure;
    const auto endpoint = listener.acceptor.local_endpoint(failure);
    if (failure) return refused("the listening socket cannot be used: " + failure.message());
    if (const auto tcp = tcp_of(endpoint)) {
        listener.port = tcp->port();
        listener.loopback = tcp->address().is_loopback();
    } else {
        listener.local = true;
    }
    return listener;
}

}  // namespace

Result<Listener> listen_on(asio::any_io_executor executor, const std::string& where) {
    Endpoint endpoint;
    std::string path;
    if (where.starts_with("unix:")) {
        path = where.substr(5);
        if (path.empty() || path.size() > 100)
            return refused("`" + where + "`: the path of a Unix socket has 1 to 100 bytes");
        remove_left_over(path);
        endpoint = Endpoint(asio::local::stream_protocol::endpoint(path));
    } else if (const auto tcp = parse_endpoint(where)) {
        endpoint = Endpoint(*tcp);
    } else {
        return refused("`" + where +
                       "` is no place to listen; write \"127.0.0.1:8420\" or \"unix:/run/rasid/web.sock\"");
    }
    boost::system::error_code failure;
    Listener listener{Listener::Acceptor(executor), 0, false, false, path};
    listener.acceptor.open(endpoint.protocol(), failure);
    if (!failure && path.empty()) listener.acceptor.set_option(asio::socket_base::reuse_address(true), failure);
    if (!failure) listener.acceptor.bind(endpoint, failure);
    if (!failure) listener.acceptor.listen(asio::socket_base::max_listen_connections, failure);
    if (failure) return refused("cannot listen on `" + where + "`: " + failure.message());
    return described(std::move(listener));
}

Result<Listener> adopt_listener(asio::any_io_executor executor, int fd) {
    sockaddr_storage address{};
    socklen_t size = sizeof(address);
    if (::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        return refused("the inherited socket is none");
    boost::system::error_code failure;
    Listener listener{Listener::Acceptor(executor), 0, false, false, {}};
    const int protocol = address.ss_family == AF_UNIX ? 0 : IPPROTO_TCP;
    listener.acceptor.assign(Protocol(address.ss_family, protocol), fd, failure);
    if (failure) return refused("the inherited socket cannot be used: " + failure.message());
    return described(std::move(listener));
}

std::string peer_address(const Protocol::socket& socket) {
    boost::system::error_code failure;
    const auto endpoint = socket.remote_endpoint(failure);
    if (failure) return "unknown";
    const auto tcp = tcp_of(endpoint);
    if (!tcp) return "unix";
    auto address = tcp->address();
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
    }
    return address.to_string();
}

}  // namespace rasid

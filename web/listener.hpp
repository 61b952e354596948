#pragma once

#include "core/failure.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/generic/stream_protocol.hpp>

#include <cstdint>
#include <string>

namespace rasid {

/// One listening socket, of TCP or a Unix path alike.
struct Listener {
    using Acceptor = boost::asio::basic_socket_acceptor<boost::asio::generic::stream_protocol>;

    Acceptor acceptor;
    std::uint16_t port = 0;  ///< 0 on a Unix socket
    bool loopback = false;   ///< can only be reached from this machine, by TCP
    bool local = false;      ///< a Unix socket
    std::string path = {};   ///< of a Unix socket that we made, to be removed at the end
};

/// `where`: "127.0.0.1:8420", "[::1]:0" or "unix:/run/rasid/web.sock". A left-over Unix socket is replaced. Fails with
/// refused.
Result<Listener> listen_on(boost::asio::any_io_executor executor, const std::string& where);

/// Takes over a socket that listens already.
Result<Listener> adopt_listener(boost::asio::any_io_executor executor, int fd);

/// "127.0.0.1" of a connection; "unix" for a Unix socket.
std::string peer_address(const boost::asio::generic::stream_protocol::socket& socket);

}  // namespace rasid

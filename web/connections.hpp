#pragma once

#include "web/wake.hpp"

#include <boost/asio/generic/stream_protocol.hpp>

#include <cstddef>
#include <map>
#include <set>
#include <string>

namespace rasid {

/// One accepted connection while it lives.
struct Connection {
    boost::asio::generic::stream_protocol::socket* socket = nullptr;  ///< owned by the coroutine that serves it
    std::string peer = {};
    bool trusted = false;       ///< a proxy or a Unix socket: many people behind one address
    bool known_person = false;  ///< somebody has signed in on it
    bool between_requests = true;

    void close();
};

/// The connections that are open, and how many of each address have not shown a session yet.
class Connections {
public:
    explicit Connections(boost::asio::any_io_executor executor) : emptied_(std::move(executor)) {}

    /// False: over a limit; the connection is to be dropped.
    bool admit(const Connection& connection, std::size_t most, std::size_t most_per_address) const;
    void add(Connection& connection);
    void remove(Connection& connection);
    /// It no longer counts as a stranger's.
    void recognise(Connection& connection);

    void stop() { stopping_ = true; }
    bool stopping() const { return stopping_; }
    void close_idle();
    void close_all();
    std::size_t size() const { return open_.size(); }
    Wake& emptied() { return emptied_; }

private:
    void forget_stranger(const std::string& peer);

    std::set<Connection*> open_;
    std::map<std::string, std::size_t, std::less<>> strangers_;
    bool stopping_ = false;
    Wake emptied_;
};

/// In the list of open connections for as long as it is served.
class RegisteredConnection {
public:
    RegisteredConnection(Connections& connections, Connection& connection)
        : connections_(connections), connection_(connection) {
        connections_.add(connection_);
    }
    ~RegisteredConnection() { connections_.remove(connection_); }
    RegisteredConnection(const RegisteredConnection&) = delete;
    RegisteredConnection& operator=(const RegisteredConnection&) = delete;

private:
    Connections& connections_;
    Connection& connection_;
};

}  // namespace rasid

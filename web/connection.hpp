#pragma once

#include "core/task.hpp"
#include "web/origin.hpp"
#include "web/site.hpp"

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/ssl/context.hpp>

#include <functional>
#include <map>
#include <memory>
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

/// Serves one connection to its end: requests one after the other, or an event stream. `tls` null: plain HTTP.
Task<void> serve_connection(Site& site, const OriginRules& origin, Connections& connections,
                            boost::asio::generic::stream_protocol::socket socket,
                            std::shared_ptr<boost::asio::ssl::context> tls, bool trusted);

}  // namespace rasid

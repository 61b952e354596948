#pragma once

#include "core/task.hpp"
#include "web/connections.hpp"
#include "web/origin.hpp"
#include "web/site.hpp"

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/ssl/context.hpp>

#include <memory>

namespace rasid {

/// Serves one connection to its end: requests one after the other, or an event stream. `tls` null: plain HTTP.
Task<void> serve_connection(Site& site, const OriginRules& origin, Connections& connections,
                            boost::asio::generic::stream_protocol::socket socket,
                            std::shared_ptr<boost::asio::ssl::context> tls, bool trusted);

}  // namespace rasid

#pragma once

#include "core/task.hpp"

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/basic_stream.hpp>

#include <string_view>

namespace rasid {

// What a connection is written to: with TLS or without.

using PlainStream = boost::beast::basic_stream<boost::asio::generic::stream_protocol>;
using SecureStream = boost::asio::ssl::stream<PlainStream>;

/// The layer that has the socket and the deadline.
inline PlainStream& lowest_layer(PlainStream& stream) { return stream; }
inline PlainStream& lowest_layer(SecureStream& stream) { return stream.next_layer(); }

/// False: it did not arrive whole, or not in time.
Task<bool> send(PlainStream& stream, std::string_view text);
Task<bool> send(SecureStream& stream, std::string_view text);

/// Ends our side and reads off what still comes, so that the answer is not lost to a reset.
Task<void> linger(PlainStream& stream);
Task<void> linger(SecureStream& stream);

}  // namespace rasid

#pragma once

#include <boost/asio/awaitable.hpp>

namespace rasid {

/// A coroutine on the loop thread. Starts when awaited.
template <typename T>
using Task = boost::asio::awaitable<T>;

}  // namespace rasid

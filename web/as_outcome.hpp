#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace rasid {

/// Waits for an operation of Asio and hands its failure back as the first part of what came of it, in place of
/// throwing.
inline constexpr auto kAsOutcome = boost::asio::as_tuple(boost::asio::use_awaitable);

}  // namespace rasid

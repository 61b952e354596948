#pragma once

#include "core/websocket.hpp"
#include "daemon/address_guard.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <memory>
#include <string>

namespace rasid {

/// WebSocket connections on the loop thread: ws and wss (TLS 1.2 or newer, verified name), text messages of at most 1
/// MiB.
///
/// Each connection reads ahead into a queue of at most 4 MiB, then leaves the rest to TCP until somebody reads. A
/// silent peer is pinged, and taken for gone when it does not answer within a minute.
class BeastWebSockets final : public WebSockets {
public:
    /// Asked at every connect, so that a reload counts for the next one.
    using CurrentGuard = std::function<AddressGuard()>;

    /// `ca_file` is read once, at the first wss connection.
    BeastWebSockets(boost::asio::any_io_executor executor, CurrentGuard guard, std::string ca_file,
                    std::string user_agent = "Rasid");
    ~BeastWebSockets() override;

    /// Fails with refused (no usable ws or wss URL), blocked (the guard forbids every address of the host), unreachable
    /// (also: the certificate is not valid, the server does not speak WebSocket, the deadline passed).
    Task<Result<std::unique_ptr<WebSocket>>> connect(std::string url, std::chrono::milliseconds deadline) override;

private:
    struct Tls;

    boost::asio::any_io_executor executor_;
    CurrentGuard guard_;
    std::string ca_file_;
    std::string user_agent_;
    std::unique_ptr<Tls> tls_;
};

}  // namespace rasid

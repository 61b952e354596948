#pragma once

#include "core/failure.hpp"
#include "core/task.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace rasid {

/// One open WebSocket connection. Destroying it closes the connection.
class WebSocket {
public:
    virtual ~WebSocket() = default;

    /// The next text message. Fails with unreachable on close, error or when `deadline` passes without one
    /// (the connection stays usable after a passed deadline: `Failure::what` is then "no message in time").
    virtual Task<Result<std::string>> read(std::chrono::milliseconds deadline) = 0;
};

/// Port: opens WebSocket connections under the same address guard as HttpClient.
class WebSockets {
public:
    virtual ~WebSockets() = default;
    virtual Task<Result<std::unique_ptr<WebSocket>>> connect(std::string url, std::chrono::milliseconds deadline) = 0;
};

}  // namespace rasid

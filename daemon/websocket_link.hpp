#pragma once

#include "core/websocket.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <string>

namespace rasid {

using Deadline = std::chrono::steady_clock::time_point;

Failure unreachable(const std::string& what, const boost::system::error_code& error);

/// What a WebSocket connection does whatever stream it runs over: waiting for a step with a deadline, and the bounded
/// queue between the reading call-backs and the coroutine that takes messages.
class WebSocketLink : public std::enable_shared_from_this<WebSocketLink> {
public:
    explicit WebSocketLink(const boost::asio::any_io_executor& executor) : wake_(executor) {}
    virtual ~WebSocketLink() = default;

    /// Says goodbye and closes, without anybody waiting for it.
    virtual void close() = 0;

    /// Starts filling the queue, once.
    void receive();

    /// The next message; see WebSocket::read.
    Task<Result<std::string>> take(Deadline deadline);

protected:
    virtual void start_reading() = 0;

    /// To be called when a read ended: a message, or nothing where it was none for us.
    void received(std::optional<std::string> message);
    void ended(std::string why);

    /// Waits for `step_ended`; timed_out when the deadline comes first, throws when cancelled.
    Task<boost::system::error_code> step(Deadline deadline);
    void step_ended(boost::system::error_code error);

private:
    bool has_room() const;

    boost::asio::steady_timer wake_;
    std::optional<boost::system::error_code> step_ = {};
    std::deque<std::string> queue_ = {};
    std::size_t queued_bytes_ = 0;
    bool reading_ = false;
    std::optional<std::string> end_ = {};
};

/// The WebSocket that callers hold.
class LinkedWebSocket final : public WebSocket {
public:
    explicit LinkedWebSocket(std::shared_ptr<WebSocketLink> link) : link_(std::move(link)) {}
    ~LinkedWebSocket() override { link_->close(); }
    Task<Result<std::string>> read(std::chrono::milliseconds deadline) override;

private:
    std::shared_ptr<WebSocketLink> link_;  // shared with the call-backs under way
};

}  // namespace rasid

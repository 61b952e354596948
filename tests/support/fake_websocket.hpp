#pragma once

#include "core/websocket.hpp"
#include "tests/support/fake_clock.hpp"

#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace rasid {

/// WebSocket connections to a scripted server. Waiting for a message that does not come moves the clock by the
/// deadline.
class FakeWebSockets final : public WebSockets {
public:
    using Messages = std::deque<std::string>;

    explicit FakeWebSockets(FakeClock& clock) : clock_(clock) {}

    /// What a new connection finds waiting. Unset: nothing waits.
    std::function<Result<Messages>(const std::string& url)> open;
    std::vector<std::string> urls;  ///< of every connection, in order
    int connected = 0;              ///< connections that stand

    /// Delivers to the connection that was opened last.
    void push(std::string message) {
        if (auto line = line_.lock()) line->messages.push_back(std::move(message));
    }
    /// Breaks the connection that was opened last, once its messages are read.
    void drop() {
        if (auto line = line_.lock()) line->broken = true;
    }

    Task<Result<std::unique_ptr<WebSocket>>> connect(std::string url, std::chrono::milliseconds) override {
        urls.push_back(url);
        // Shared between the connection and the test that pushes into it.
        auto line = std::make_shared<Line>();
        if (open) {
            auto waiting = open(url);
            if (!waiting) co_return waiting.error();
            line->messages = std::move(*waiting);
        }
        line_ = line;
        co_return std::unique_ptr<WebSocket>(std::make_unique<Connection>(*this, std::move(line)));
    }

private:
    struct Line {
        Messages messages;
        bool broken = false;
    };
    class Connection final : public WebSocket {
    public:
        Connection(FakeWebSockets& server, std::shared_ptr<Line> line) : server_(server), line_(std::move(line)) {
            ++server_.connected;
        }
        ~Connection() override { --server_.connected; }

        Task<Result<std::string>> read(std::chrono::milliseconds deadline) override {
            if (!line_->messages.empty()) {
                auto message = std::move(line_->messages.front());
                line_->messages.pop_front();
                co_return message;
            }
            if (line_->broken) co_return Failure{Failure::Kind::unreachable, "the connection was closed"};
            server_.clock_.advance(deadline);
            co_return Failure{Failure::Kind::unreachable, "no message in time"};
        }

    private:
        FakeWebSockets& server_;
        std::shared_ptr<Line> line_;
    };

    FakeClock& clock_;
    std::weak_ptr<Line> line_;
};

}  // namespace rasid

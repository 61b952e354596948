#include "daemon/websocket_link.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace rasid {

namespace asio = boost::asio;

namespace {

constexpr std::size_t kQueueBytes = 4u << 20;
constexpr std::size_t kLargestMessage = 1u << 20;
constexpr std::size_t kPerMessage = 64;  // what an empty message costs in the queue

}  // namespace

Failure unreachable(const std::string& what, const boost::system::error_code& error) {
    return {Failure::Kind::unreachable,
            what + ": " + (error == asio::error::timed_out ? std::string("not in time") : error.message())};
}

bool WebSocketLink::has_room() const { return queued_bytes_ + kLargestMessage + kPerMessage <= kQueueBytes; }

void WebSocketLink::receive() {
    if (reading_ || end_ || !has_room()) return;
    reading_ = true;
    start_reading();
}

void WebSocketLink::received(std::optional<std::string> message) {
    reading_ = false;
    if (message) {
        queued_bytes_ += message->size() + kPerMessage;
        queue_.push_back(std::move(*message));
        wake_.cancel();
    }
    receive();
}

void WebSocketLink::ended(std::string why) {
    reading_ = false;
    end_ = std::move(why);
    wake_.cancel();
}

Task<Result<std::string>> WebSocketLink::take(Deadline deadline) {
    const auto self = shared_from_this();
    while (queue_.empty() && !end_) {
        boost::system::error_code woken;
        wake_.expires_at(deadline);
        co_await wake_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
        if (!queue_.empty() || end_) break;
        if (!woken) co_return Failure{Failure::Kind::unreachable, "no message in time"};
        const auto cancelled = co_await asio::this_coro::cancellation_state;
        if (cancelled.cancelled() != asio::cancellation_type::none)
            throw boost::system::system_error(asio::error::operation_aborted);
    }
    if (queue_.empty()) co_return Failure{Failure::Kind::unreachable, *end_};
    std::string message = std::move(queue_.front());
    queue_.pop_front();
    queued_bytes_ -= message.size() + kPerMessage;
    receive();
    co_return message;
}

Task<boost::system::error_code> WebSocketLink::step(Deadline deadline) {
    const auto self = shared_from_this();
    if (!step_) {
        boost::system::error_code woken;
        wake_.expires_at(deadline);
        co_await wake_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
        if (!step_ && woken) throw boost::system::system_error(asio::error::operation_aborted);
    }
    const auto error = step_.value_or(make_error_code(asio::error::timed_out));
    step_.reset();
    co_return error;
}

void WebSocketLink::step_ended(boost::system::error_code error) {
    step_ = error;
    wake_.cancel();
}

Task<Result<std::string>> LinkedWebSocket::read(std::chrono::milliseconds deadline) {
    auto message = co_await link_->take(std::chrono::steady_clock::now() + deadline);
    co_return message;
}

}  // namespace rasid

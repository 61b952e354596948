#pragma once

#include "core/task.hpp"
#include "web/as_outcome.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>

namespace rasid {

/// Lets one coroutine of the loop wait until somebody has something for it, or time is up. A notify that comes first is
/// not lost.
class Wake {
public:
    explicit Wake(boost::asio::any_io_executor executor) : timer_(std::move(executor)) {}

    void notify() {
        notified_ = true;
        timer_.cancel();
    }

    Task<void> wait(std::chrono::milliseconds longest) {
        if (!notified_) {
            timer_.expires_after(longest);
            const auto outcome = co_await timer_.async_wait(kAsOutcome);
            static_cast<void>(outcome);
        }
        notified_ = false;
    }

private:
    boost::asio::steady_timer timer_;
    bool notified_ = false;
};

}  // namespace rasid

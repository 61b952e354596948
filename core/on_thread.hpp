#pragma once

#include "core/task.hpp"

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <atomic>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace rasid {

/// Runs `function` on a thread of `pool` and resumes the caller on its own executor with the result or the exception.
///
/// Await at once, in the same expression: the function is taken by reference (by value it would be one of the closures
/// that GCC 12 destroys twice when they are made inside an awaiting expression). What runs on the thread cannot be
/// interrupted: a cancelled caller is resumed when it is done, and throws at its next await. `cancelled` becomes true
/// then, for a function that looks at it.
template <typename Function>
auto on_thread(boost::asio::thread_pool& pool, Function&& function, std::atomic<bool>* cancelled = nullptr)
    -> Task<std::invoke_result_t<Function>> {
    std::optional<std::invoke_result_t<Function>> value;
    std::exception_ptr failure;
    co_await boost::asio::async_initiate<decltype(boost::asio::use_awaitable), void()>(
        [&](auto handler) {
            auto slot = boost::asio::get_associated_cancellation_slot(handler);
            if (cancelled && slot.is_connected())
                slot.assign([cancelled](boost::asio::cancellation_type) { *cancelled = true; });
            auto home = boost::asio::make_work_guard(boost::asio::get_associated_executor(handler));
            boost::asio::post(pool, [&, home = std::move(home), handler = std::move(handler)]() mutable {
                try {
                    value.emplace(function());
                } catch (...) {
                    failure = std::current_exception();
                }
                boost::asio::post(home.get_executor(), std::move(handler));
            });
        },
        boost::asio::use_awaitable);
    if (failure) std::rethrow_exception(failure);
    co_return std::move(*value);
}

}  // namespace rasid

#pragma once

#include "core/task.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <exception>
#include <optional>

namespace rasid {

/// Runs a coroutine on `loop` to its end, at most 20 s, and gives its value or throws what it threw.
template <typename T>
T run_on(boost::asio::io_context& loop, Task<T> task) {
    std::optional<T> value;
    std::exception_ptr failure;
    bool ended = false;
    boost::asio::co_spawn(loop, std::move(task), [&](std::exception_ptr thrown, T result) {
        ended = true;
        failure = thrown;
        if (!thrown) value.emplace(std::move(result));
    });
    loop.restart();
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!ended && std::chrono::steady_clock::now() < until) loop.run_one_until(until);
    if (!ended) throw std::runtime_error("the coroutine did not end within 20 s");
    if (failure) std::rethrow_exception(failure);
    return std::move(*value);
}

inline void run_on(boost::asio::io_context& loop, Task<void> task) {
    std::exception_ptr failure;
    bool ended = false;
    boost::asio::co_spawn(loop, std::move(task), [&](std::exception_ptr thrown) {
        ended = true;
        failure = thrown;
    });
    loop.restart();
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!ended && std::chrono::steady_clock::now() < until) loop.run_one_until(until);
    if (!ended) throw std::runtime_error("the coroutine did not end within 20 s");
    if (failure) std::rethrow_exception(failure);
}

}  // namespace rasid

#pragma once

#include "core/task.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

namespace rasid {

/// Runs a task that needs nothing but fakes to its end.
template <typename T>
T run_task(Task<T> task) {
    boost::asio::io_context loop;
    std::optional<T> result;
    std::exception_ptr error;
    boost::asio::co_spawn(loop, std::move(task), [&](std::exception_ptr thrown, T value) {
        error = thrown;
        if (!thrown) result.emplace(std::move(value));
    });
    loop.run();
    if (error) std::rethrow_exception(error);
    if (!result) throw std::logic_error("the task waits for something that never comes");
    return std::move(*result);
}

}  // namespace rasid

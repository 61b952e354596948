#pragma once

#include "core/task.hpp"
#include "storage/store.hpp"

#include <functional>
#include <memory>
#include <type_traits>

namespace rasid {

/// How coroutines reach the store: writes go to the one storage thread, where everything that waits is committed
/// together (group commit, at most 5 ms of waiting); reads go to a reading thread with a connection of its own.
///
/// Await at once, in the same expression: the function is taken by reference. (By value it would be one of the closures
/// that GCC 12 destroys twice when they are made inside an awaiting expression.)
///
/// Resumes the caller on the loop thread after the commit is durable. An exception of the function reaches the caller
/// and rolls back that function's changes only.
class Database {
public:
    virtual ~Database() = default;

    template <typename Function>
    auto write(Function&& function) -> Task<std::invoke_result_t<Function, Store&>> {
        using Returned = std::invoke_result_t<Function, Store&>;
        if constexpr (std::is_void_v<Returned>) {
            co_await run_write([&function](Store& store) { function(store); });
        } else {
            std::optional<Returned> value;
            co_await run_write([&function, &value](Store& store) { value.emplace(function(store)); });
            co_return std::move(*value);
        }
    }

    template <typename Function>
    auto read(Function&& function) -> Task<std::invoke_result_t<Function, Reader&>> {
        std::optional<std::invoke_result_t<Function, Reader&>> value;
        co_await run_read([&function, &value](Reader& reader) { value.emplace(function(reader)); });
        co_return std::move(*value);
    }

protected:
    // The function outlives the call: the awaiting coroutine's frame holds it, and a job is always run to its end
    // before the coroutine is resumed or destroyed.
    virtual Task<void> run_write(std::function<void(Store&)> job) = 0;
    virtual Task<void> run_read(std::function<void(Reader&)> job) = 0;
};

}  // namespace rasid

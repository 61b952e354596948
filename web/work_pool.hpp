#pragma once

#include "core/on_thread.hpp"
#include "core/task.hpp"

#include <boost/asio/thread_pool.hpp>

#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>

namespace rasid {

/// Two threads for what would hold up the loop: hashing passwords, compiling a setup that is only looked at. At most
/// kWaiting jobs wait; beyond, `run` says no at once, which bounds the memory of argon2 as well as the patience of
/// callers.
class WorkPool {
public:
    static constexpr std::size_t kThreads = 2;
    static constexpr std::size_t kWaiting = 32;

    WorkPool() : threads_(kThreads) {}
    ~WorkPool() { threads_.join(); }
    WorkPool(const WorkPool&) = delete;
    WorkPool& operator=(const WorkPool&) = delete;

    /// The function's result, computed on a worker thread; nullopt when too many wait already. Exceptions reach the
    /// caller. Await at once: the function is taken by reference, as by Database.
    template <typename Function>
    auto run(Function&& function) -> Task<std::optional<std::invoke_result_t<Function>>> {
        std::optional<std::invoke_result_t<Function>> value;
        if (running_ >= kThreads + kWaiting) co_return value;
        const Place place(running_);
        auto result = co_await on_thread(threads_, function);
        value.emplace(std::move(result));
        co_return value;
    }

private:
    class Place {
    public:
        explicit Place(std::size_t& taken) : taken_(taken) { ++taken_; }
        ~Place() { --taken_; }
        Place(const Place&) = delete;
        Place& operator=(const Place&) = delete;

    private:
        std::size_t& taken_;
    };

    std::size_t running_ = 0;  // loop thread only
    boost::asio::thread_pool threads_;
};

}  // namespace rasid

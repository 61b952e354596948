#include "core/on_thread.hpp"

#include "tests/daemon/loop.hpp"

#include <gtest/gtest.h>
#include <thread>

namespace rasid {
namespace {

struct Seen {
    std::thread::id worker;
    std::thread::id before;
    std::thread::id after;
};

Task<Seen> look(boost::asio::thread_pool& pool) {
    Seen seen;
    seen.before = std::this_thread::get_id();
    seen.worker = co_await on_thread(pool, [] { return std::this_thread::get_id(); });
    seen.after = std::this_thread::get_id();
    co_return seen;
}

TEST(OnThreadTest, works_elsewhere_and_comes_back_to_the_loop) {
    boost::asio::io_context loop{1};
    boost::asio::thread_pool pool(1);
    const auto seen = run_on(loop, look(pool));
    EXPECT_NE(seen.worker, seen.before);
    EXPECT_EQ(seen.after, seen.before);
}

Task<std::unique_ptr<int>> carry(boost::asio::thread_pool& pool) {
    // GCC 12 destroys a lambda that owns something twice when it is written inside the awaited expression.
    auto work = [number = std::make_unique<int>(41)] { return std::make_unique<int>(*number + 1); };
    auto value = co_await on_thread(pool, std::move(work));
    co_return value;
}

TEST(OnThreadTest, carries_results_that_can_only_move) {
    boost::asio::io_context loop{1};
    boost::asio::thread_pool pool(1);
    const auto value = run_on(loop, carry(pool));
    EXPECT_EQ(*value, 42);
}

Task<int> fail(boost::asio::thread_pool& pool) {
    const int value = co_await on_thread(pool, []() -> int { throw std::runtime_error("the disk is full"); });
    co_return value;
}

TEST(OnThreadTest, brings_an_exception_back_to_the_caller) {
    boost::asio::io_context loop{1};
    boost::asio::thread_pool pool(1);
    try {
        run_on(loop, fail(pool));
        FAIL() << "no exception";
    } catch (const std::runtime_error& error) {
        EXPECT_STREQ(error.what(), "the disk is full");
    }
}

TEST(OnThreadTest, the_loop_does_not_run_dry_while_the_thread_works) {
    boost::asio::io_context loop{1};
    boost::asio::thread_pool pool(1);
    bool done = false;
    boost::asio::co_spawn(
        loop,
        [](boost::asio::thread_pool& on) -> Task<int> {
            const int value = co_await on_thread(on, [] {
                std::this_thread::sleep_for(std::chrono::milliseconds(50));
                return 1;
            });
            co_return value;
        }(pool),
        [&](std::exception_ptr, int) { done = true; });
    loop.run();
    EXPECT_TRUE(done);
}

}  // namespace
}  // namespace rasid

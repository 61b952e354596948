#include "daemon/task_group.hpp"

#include "tests/daemon/loop.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;
namespace asio = boost::asio;

Task<void> nap(std::chrono::milliseconds duration) {
    asio::steady_timer timer(co_await asio::this_coro::executor, duration);
    co_await timer.async_wait(asio::use_awaitable);
}

Task<void> sleeper(int& alive) {
    struct Count {
        int& number;
        explicit Count(int& n) : number(n) { ++number; }
        ~Count() { --number; }
    };
    const Count count(alive);
    co_await nap(1h);
}

Task<void> racer() {
    using namespace asio::experimental::awaitable_operators;
    co_await (nap(1h) || nap(2h));
}

Task<void> thrower() {
    co_await nap(1ms);
    throw std::runtime_error("broken");
}

class TaskGroupTest : public testing::Test {
protected:
    Task<void> stop_after(std::chrono::milliseconds duration) {
        co_await nap(duration);
        co_await group.stop();
    }

    asio::io_context loop{1};
    std::vector<std::string> failures;
    TaskGroup group{loop.get_executor(),
                    [this](const std::string& name, std::exception_ptr) { failures.push_back(name); }};
};

TEST_F(TaskGroupTest, stop_cancels_every_child_and_waits_for_it) {
    int alive = 0;
    for (int at = 0; at < 10; ++at) group.spawn("sleeper", sleeper(alive));
    group.spawn("racer", racer());
    EXPECT_EQ(group.size(), 11u);
    run_on(loop, stop_after(20ms));
    EXPECT_EQ(alive, 0);
    EXPECT_EQ(group.size(), 0u);
    EXPECT_TRUE(failures.empty()) << "cancellation is no failure";
}

TEST_F(TaskGroupTest, a_child_stopped_before_its_first_step_ends_too) {
    int alive = 0;
    group.spawn("sleeper", sleeper(alive));
    run_on(loop, group.stop());
    EXPECT_EQ(group.size(), 0u);
    EXPECT_EQ(alive, 0);
}

TEST_F(TaskGroupTest, a_failing_child_is_reported_once_and_the_others_go_on) {
    int alive = 0;
    group.spawn("sleeper", sleeper(alive));
    group.spawn("thrower", thrower());
    run_on(loop, nap(30ms));
    EXPECT_EQ(failures, std::vector<std::string>{"thrower"});
    EXPECT_EQ(group.size(), 1u);
    run_on(loop, group.stop());
    EXPECT_EQ(failures.size(), 1u);
}

TEST_F(TaskGroupTest, a_child_that_a_stopping_child_starts_is_cancelled_as_well) {
    struct Starter {
        static Task<void> run(TaskGroup& group, int& alive) {
            struct AtEnd {
                TaskGroup& group;
                int& alive;
                ~AtEnd() { group.spawn("late", sleeper(alive)); }
            };
            const AtEnd late{group, alive};
            co_await nap(1h);
        }
    };
    int alive = 0;
    group.spawn("starter", Starter::run(group, alive));
    run_on(loop, stop_after(10ms));
    EXPECT_EQ(group.size(), 0u);
    EXPECT_EQ(alive, 0);
}

TEST_F(TaskGroupTest, can_be_used_again_after_a_stop) {
    run_on(loop, group.stop());
    int alive = 0;
    group.spawn("sleeper", sleeper(alive));
    run_on(loop, nap(10ms));
    EXPECT_EQ(alive, 1);
    run_on(loop, group.stop());
    EXPECT_EQ(alive, 0);
}

TEST(TaskGroupEndTest, children_that_end_after_the_group_touch_nothing_of_it) {
    asio::io_context loop{1};
    int reported = 0;
    {
        TaskGroup group(loop.get_executor(), [&](const std::string&, std::exception_ptr) { ++reported; });
        group.spawn("thrower", thrower());
    }
    loop.run();
    EXPECT_EQ(reported, 0);
}

}  // namespace
}  // namespace rasid

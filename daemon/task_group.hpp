#pragma once

#include "core/task.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <exception>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <vector>

namespace rasid {

/// A changing set of coroutines that are cancelled and awaited together, so that none outlives what it uses.
///
/// A child that ends by an exception other than cancellation is reported to `on_failure`, once, here: nobody else
/// catches. Destroy only after `stop` has been awaited or when no child is left.
class TaskGroup {
public:
    using OnFailure = std::function<void(const std::string& name, std::exception_ptr failure)>;

    TaskGroup(boost::asio::any_io_executor executor, OnFailure on_failure);
    ~TaskGroup();
    TaskGroup(const TaskGroup&) = delete;
    TaskGroup& operator=(const TaskGroup&) = delete;

    void spawn(std::string name, Task<void> task);
    std::size_t size() const;

    /// Cancels every child, those spawned meanwhile too, and returns when the last has ended. The group can be used
    /// again.
    Task<void> stop();

private:
    struct State;
    std::shared_ptr<State> state_;  // completion handlers of children may run after the group is gone
};

}  // namespace rasid

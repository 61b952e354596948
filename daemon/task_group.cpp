#include "daemon/task_group.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/multiple_exceptions.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cassert>

namespace rasid {

namespace asio = boost::asio;

struct TaskGroup::State {
    struct Child {
        std::string name;
        asio::cancellation_signal cancel;
    };

    State(asio::any_io_executor e, OnFailure f) : executor(std::move(e)), on_failure(std::move(f)), empty(executor) {
        empty.expires_at(asio::steady_timer::time_point::max());
    }

    asio::any_io_executor executor;
    OnFailure on_failure;
    std::list<Child> children;
    asio::steady_timer empty;
    bool stopping = false;

    /// Emitting runs handlers that may erase children, so it happens on its own turn and looks whether the child is
    /// still there.
    static void cancel(const std::shared_ptr<State>& state, const Child* child) {
        asio::post(state->executor, [state, child] {
            for (auto& alive : state->children) {
                if (&alive == child) {
                    alive.cancel.emit(asio::cancellation_type::terminal);
                    return;
                }
            }
        });
    }
};

namespace {

bool is_cancellation(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const boost::system::system_error& error) {
        return error.code() == asio::error::operation_aborted;
    } catch (const asio::multiple_exceptions& several) {
        return is_cancellation(several.first_exception());
    } catch (...) {
        return false;
    }
}

}  // namespace

TaskGroup::TaskGroup(asio::any_io_executor executor, OnFailure on_failure)
    : state_(std::make_shared<State>(std::move(executor), std::move(on_failure))) {}

TaskGroup::~TaskGroup() { state_->on_failure = nullptr; }

std::size_t TaskGroup::size() const { return state_->children.size(); }

void TaskGroup::spawn(std::string name, Task<void> task) {
    auto state = state_;
    state->children.emplace_back();
    const auto child = std::prev(state->children.end());
    child->name = std::move(name);
    const auto* const started = &*child;
    asio::co_spawn(state->executor, std::move(task),
                   asio::bind_cancellation_slot(child->cancel.slot(), [state, child](std::exception_ptr failure) {
                       const auto ended = std::move(child->name);
                       state->children.erase(child);
                       if (failure && state->on_failure && !(state->stopping && is_cancellation(failure))) {
                           state->on_failure(ended, failure);
                       }
                       if (state->children.empty()) state->empty.cancel();
                   }));
    if (state->stopping) State::cancel(state, started);
}

Task<void> TaskGroup::stop() {
    auto state = state_;
    state->stopping = true;
    for (const auto& child : state->children) State::cancel(state, &child);
    while (!state->children.empty()) {
        boost::system::error_code ignored;
        co_await state->empty.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
    state->stopping = false;
}

}  // namespace rasid

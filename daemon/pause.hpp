#pragma once

#include "core/clock.hpp"
#include "core/task.hpp"

namespace rasid {

/// Ends after that time on the steady clock; throws operation_aborted when the coroutine is cancelled meanwhile.
Task<void> pause_for(Duration duration);

}  // namespace rasid

#pragma once

#include "escalation/clock_fold.hpp"

#include <optional>
#include <vector>

namespace rasid {

/// A clock's row with what it takes to stop it, start it and count it again under another calendar.
struct CountingRow {
    struct Stretch {
        Instant from = {};
        Instant to = {};
    };

    ClockRow row = {};
    std::vector<Stretch> counted = {};  ///< before `row.running_since`
    std::optional<Instant> paused_since = {};
    Duration spent_before = {};  ///< in earlier rounds: what a reopened resolution has already used

    void run(Instant at);
    void halt(Instant at);

    /// In time or late, as `row.breached_at` says.
    void meet(Instant at);

    /// Goes on under another promise; false: it says nothing new. Becomes due at `at` at the earliest.
    bool adopt(const PromisedTarget& promised, Instant at);

    ClockState state_at(Instant now) const;

private:
    void end_pause(Instant at);
};

}  // namespace rasid

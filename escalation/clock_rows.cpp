#include "escalation/clock_fold.hpp"

#include <algorithm>

namespace rasid {

std::string_view to_string(ClockStep::What what) {
    switch (what) {
    case ClockStep::What::started:
        return "started";
    case ClockStep::What::paused:
        return "paused";
    case ClockStep::What::resumed:
        return "resumed";
    case ClockStep::What::recomputed:
        return "recomputed";
    case ClockStep::What::met:
        return "met";
    case ClockStep::What::breached:
        return "breached";
    case ClockStep::What::withdrawn:
        return "withdrawn";
    }
    return {};
}

const ClockRow* TicketClocks::find(Target target) const {
    const ClockRow* found = nullptr;
    for (const auto& row : rows) {
        if (row.target == target) found = &row;
    }
    return found;
}

std::optional<Instant> next_breach(const TicketClocks& clocks) {
    std::optional<Instant> next;
    for (const auto& row : clocks.rows) {
        if (row.open() && !row.breached_at && row.due_at) next = next ? std::min(*next, *row.due_at) : row.due_at;
    }
    return next;
}

}  // namespace rasid

#pragma once

#include "core/ticket.hpp"

#include <string>
#include <vector>

namespace rasid {

/// What one person's pauses did to promised times.
struct PersonPauses {
    std::string person = {};
    Duration total = {};      ///< of the wall clock
    int tickets = 0;          ///< that the person paused
    int kept_by_pausing = 0;  ///< of those, with a target that was met in time only because of pauses
};

/// Sums pauses by person over tickets.
class PauseReport {
public:
    void add(const Ticket& ticket);
    /// Those who paused longest first.
    std::vector<PersonPauses> people() &&;

private:
    std::vector<PersonPauses> people_;
};

}  // namespace rasid

#pragma once

#include "core/ticket.hpp"
#include "escalation/policies.hpp"

#include <string>
#include <vector>

namespace rasid {

/// A share of one target at which the ladder tells somebody.
struct LadderMoment {
    Target target = Target::first_response;
    int percent = 0;
    Instant at = {};
};

/// The moments that are still to come for an open, unacknowledged ticket, in order of time; none for any other. A share
/// below one already taken has passed, so that a step written into the ladder afterwards tells nobody of the past.
std::vector<LadderMoment> untaken_steps(const Ticket& ticket, const Policies& policies);

/// "first_response/50": how a taken step is remembered.
std::string step_key(Target target, int percent);

}  // namespace rasid

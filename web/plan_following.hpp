#pragma once

#include "core/random.hpp"
#include "storage/reader.hpp"

#include <vector>

namespace rasid {

/// What follows in the plan of a ticket's customer when the ticket ends or comes back to life.
std::vector<PlanChange> plans_following(Reader& reader, const Ticket& before, const Ticket& after, const Setup& setup,
                                        Random& random, Instant now);

}  // namespace rasid

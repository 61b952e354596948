#pragma once

#include "core/random.hpp"
#include "escalation/policies.hpp"
#include "storage/store.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace rasid {

struct Retargeted {
    std::vector<Ticket> changed = {};  ///< as stored
    std::string last = {};             ///< id of the last ticket looked at; empty: there are no more
};

/// Brings open tickets behind `after`, at most so many, in line with a changed setup: new promises, new deadlines.
Retargeted retarget(Store& store, const Policies& policies, std::string_view after, int limit, Random& random,
                    Instant now);

}  // namespace rasid

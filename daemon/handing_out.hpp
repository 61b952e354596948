#pragma once

#include "core/random.hpp"
#include "escalation/policies.hpp"
#include "storage/store.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// A page of tickets of queues that assign.
struct HandedOut {
    std::vector<Ticket> changed = {};
    std::string last = {};  ///< id of the page's last ticket; empty: there are no more
};

/// Gives what nobody has to somebody who is here, and takes tickets from people who left: see `hand_out`. At most
/// `limit` tickets behind the one named `after`.
HandedOut give_tickets(Store& store, const Policies& policies, std::string_view after, int limit, Random& random,
                       Instant now);

}  // namespace rasid

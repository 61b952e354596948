#include "daemon/retargeting.hpp"

#include "escalation/ticket_change.hpp"

namespace rasid {

Retargeted retarget(Store& store, const Policies& policies, std::string_view after, int limit, Random& random,
                    Instant now) {
    Retargeted done;
    for (const auto& ticket : store.open_tickets_after(after, limit)) {
        done.last = ticket.id;
        const auto change = retargeted(policies, ticket, store.events_of(ticket.id), random, now);
        if (change.after != ticket) done.changed.push_back(store.apply(change, {}, {}));
    }
    return done;
}

}  // namespace rasid

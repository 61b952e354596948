#pragma once

#include "core/random.hpp"
#include "core/ticket.hpp"
#include "escalation/policies.hpp"

#include <span>
#include <string>
#include <vector>

namespace rasid {

/// Somebody to be told about a ticket.
struct Notice {
    Person person = {};
    Target target = Target::first_response;
    int percent = 0;
    std::string key = {};       ///< stable: "ticket/target/percent/occurrence/person"
    std::string event_id = {};  ///< of the `notified` event
};

/// What time alone does to a ticket.
struct Escalation {
    TicketChange change = {};          ///< breached and notified events; empty events: nothing was due
    std::vector<Notice> notices = {};  ///< one per recipient
};

/// Ladder steps and breaches that are due at `now`. Acknowledged and resolved tickets take no steps; breaches are
/// recorded all the same on open ones. A step is taken once per target; steps missed while the daemon was down are
/// taken together, and a person is told once, of the latest.
Escalation escalate(const Policies& policies, const Ticket& ticket, std::span<const TicketEvent> history,
                    Random& random, Instant now);

}  // namespace rasid

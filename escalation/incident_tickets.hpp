#pragma once

#include "core/incident.hpp"
#include "core/random.hpp"
#include "core/ticket.hpp"
#include "escalation/incident_series.hpp"
#include "escalation/policies.hpp"

#include <optional>
#include <span>
#include <string>

namespace rasid {

/// An incident is more urgent than what it consists of: a step above the rule, at least high.
Priority incident_priority(Priority of_rule);

/// The ticket of an incident, opened by Rasid: no mention, no author, the queue's promises from now on.
TicketChange open_incident(const Policies& policies, const Series& series, const Incident& incident,
                           const IncidentRoute& route, Random& random, Instant now);

/// Puts a ticket below its incident's; nullopt: it stands on its own. So does one of another queue, one that a rule
/// more urgent than the incident routed (`of_rule`), one that is resolved, one that belongs to an incident already, and
/// any while the incident's ticket is not open.
std::optional<TicketChange> group_ticket(const Policies& policies, const Ticket& ticket, Priority of_rule,
                                         std::span<const TicketEvent> history, const Ticket& incident, Random& random,
                                         Instant now);

/// The incident flared up again; nullopt: it is known to run.
std::optional<TicketChange> resume_incident(const Policies& policies, const Ticket& incident,
                                            std::span<const TicketEvent> history, Random& random, Instant now);

/// The incident of this ticket, its own or the one it is below of, is over; nullopt: that is known.
std::optional<TicketChange> end_incident(const Policies& policies, const Ticket& ticket,
                                         std::span<const TicketEvent> history, Random& random, Instant now);

}  // namespace rasid

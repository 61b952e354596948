#pragma once

#include "core/random.hpp"
#include "core/ticket.hpp"
#include "escalation/policies.hpp"

#include <span>
#include <vector>

namespace rasid {

/// What a changed setup does to a ticket that is open: promises that it now gives, and when to look again.
TicketChange retargeted(const Policies& policies, const Ticket& ticket, std::span<const TicketEvent> history,
                        Random& random, Instant now);

/// Collects the events of one decision and folds each into the ticket as it is added.
class TicketChanging {
public:
    TicketChanging(const Policies& policies, const Ticket& before, std::span<const TicketEvent> history, Random& random,
                   Instant now);

    /// Gives the event its id, ticket, sequence and, where it has none, its time. The reference lives until the next
    /// add.
    const TicketEvent& add(TicketEvent event);

    /// Clocks are those before the change.
    const Ticket& ticket() const { return ticket_; }

    /// Puts on record what time and the setup have done: verdicts of clocks that ran out, promises that changed.
    void catch_up();

    /// The change, caught up, with clocks and deadlines recomputed; without events the ticket is as it was.
    TicketChange finish() &&;

private:
    void record_breaches();
    void renew_promises();

    const Policies& policies_;
    Random& random_;
    Instant now_;
    Ticket ticket_;
    std::int64_t expected_version_;
    std::vector<TicketEvent> all_;  ///< history, then what was added
    std::size_t known_;
};

}  // namespace rasid

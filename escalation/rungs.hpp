#pragma once

#include "core/random.hpp"
#include "core/ticket.hpp"
#include "escalation/policies.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rasid {

/// A moment at which a ladder tells somebody.
struct RungMoment {
    const LadderStep* rung = nullptr;  ///< of the ladder in the policies that were given
    std::string step = {};             ///< how it is remembered once it is taken: see `step_key`
    Instant at = {};
    std::optional<Target> target = {};  ///< absent: of a step that counts time without an acknowledgement
    int round = 1;
};

/// "next_response/2/80" or "unacknowledged/1800": how the step of a `notified` event is remembered.
std::string step_key(const TicketEvent& notified);

/// Rungs still to be taken while nothing changes, in order of time. None for a ticket that is acknowledged or resolved
/// or whose incident climbs for it. Of a clock that stands still there is none; a share below one already taken has
/// passed, so that a step written into the ladder afterwards tells nobody of the past. The first one of an incident's
/// own ticket is due when it is opened.
std::vector<RungMoment> rungs_ahead(const Ticket& ticket, const Policies& policies);

/// A webhook to be called: one call tells all whom the step names.
struct RungCall {
    std::vector<Person> people = {};
    std::string by = {};     ///< "slack:NAME" or "webhook:NAME"
    std::string key = {};    ///< stable: "TICKET/STEP/LIFE/CHANNEL"
    std::string event = {};  ///< id of the first `notified` event of it
    std::optional<Target> target = {};
    int percent = 0;
};

/// What time alone does to a ticket.
struct Escalation {
    /// Breaches, renewed promises and steps taken; without events nothing was due. A `notified` event names the person
    /// and, where it is not by mail, in its text the channel; one that tells nobody says why in its text.
    TicketChange change = {};
    std::vector<RungCall> calls = {};
};

/// Takes what is due at `now`, each step once in a life of the ticket. Steps missed while the daemon was down are taken
/// together: a person is told by mail, and a webhook called, once, of the latest. `on-call` is whoever has the shift at
/// `now`; an empty shift and a person who is gone are nobody, and nobody else is told instead.
Escalation escalate(const Policies& policies, const Ticket& ticket, std::span<const TicketEvent> history,
                    Random& random, Instant now);

}  // namespace rasid

#pragma once

#include "core/failure.hpp"
#include "core/ticket.hpp"

#include <optional>
#include <span>

namespace rasid {

/// Why an event of the ticket can no longer be taken back, as far as the events tell; nullopt: it can.
std::optional<Failure> why_not_undo(const Ticket& ticket, std::span<const TicketEvent> history,
                                    const TicketEvent& event);

/// Whether such an event changes nothing but what is on record, so that undoing it leaves the ticket as it is.
bool only_on_record(TicketEventKind kind);

}  // namespace rasid

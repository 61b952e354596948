#pragma once

#include "core/failure.hpp"
#include "core/ticket.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace rasid {

/// A label as it is kept: one line, without blanks around it and with one between words; nullopt: nothing is left, or
/// it is longer than limits::kLabel.
std::optional<std::string> label_of(std::string_view text);

/// The label of the ticket that is this one, whatever the case of its letters; empty: it has none.
std::string_view same_label(const Ticket& ticket, std::string_view label);

/// Gives a ticket a label, or takes it away. The event, without id and actor; fails with refused for what is no label,
/// is there already or is not there, and for one more than limits::kLabels.
Result<TicketEvent> label_event(const Ticket& ticket, std::string_view text);
Result<TicketEvent> unlabel_event(const Ticket& ticket, std::string_view text);

}  // namespace rasid

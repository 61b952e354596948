#pragma once

#include "core/ticket.hpp"
#include "storage/engine.hpp"

#include <string>

namespace rasid {

/// What `ticket_of` reads, as a list of columns of `tickets`.
const std::string& ticket_columns();
Ticket ticket_of(const Answer& answer);

}  // namespace rasid

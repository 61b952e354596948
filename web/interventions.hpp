#pragma once

#include "core/random.hpp"
#include "storage/store.hpp"
#include "web/ticket_action.hpp"

#include <optional>
#include <span>

namespace rasid {

/// An intervention that mutes or hides does so, and undone it no longer does. `history` is that before the action,
/// `mention` what is to be hidden. The ticket as it is then.
Ticket follow_intervention(Store& store, const TicketAction& action, Ticket ticket,
                           std::span<const TicketEvent> history, const std::optional<StoredMention>& mention,
                           Random& random);

}  // namespace rasid

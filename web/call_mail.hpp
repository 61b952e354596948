#pragma once

#include "core/outbox.hpp"
#include "core/random.hpp"
#include "escalation/handling.hpp"
#include "web/ticket_action.hpp"

#include <optional>
#include <span>
#include <string>

namespace rasid {

/// The invitation to a planned call, in the language of whoever calls.
CallInvitation invitation_of(const Ticket& ticket, const TicketEvent& planned, bool withdrawn,
                             const Workspace& workspace, const std::string& public_url);

/// The mail to whoever calls when the event plans a call, or undoes one of the history; nullopt: it does neither, or
/// there is no address.
std::optional<OutboxItem> call_mail(const TicketAction& action, const Ticket& ticket, const TicketEvent& event,
                                    std::span<const TicketEvent> history, Random& random);

/// What the ids of calendar entries end with: the host of this installation, "rasid" where it is not known.
std::string calendar_domain(const std::string& public_url);

}  // namespace rasid

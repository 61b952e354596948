#pragma once

#include "core/outbox.hpp"
#include "core/random.hpp"
#include "escalation/handling.hpp"
#include "web/workspace.hpp"

#include <string>

namespace rasid {

/// The invitation to a planned call, in the language of whoever calls.
CallInvitation invitation_of(const Ticket& ticket, const TicketEvent& planned, bool withdrawn,
                             const Workspace& workspace, const std::string& public_url);

/// The mail that brings it, or takes it back, to whoever calls.
OutboxItem invitation_mail(const Ticket& ticket, const CallInvitation& invitation, const std::string& time_zone,
                           Random& random, Instant now);

/// "https://rasid.example.org:8443" → "rasid.example.org"; "rasid" where there is none.
std::string host_of(const std::string& url);

}  // namespace rasid

#pragma once

#include "core/failure.hpp"
#include "escalation/route.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// Whether what this person answers waits for a manager.
bool needs_approval(const Policies& policies, const Ticket& ticket, std::string_view person);

/// What becomes of a reply, without id and actor. In a queue that asks for approval a moderator's words wait as
/// reply_proposed and `detail.people` are the managers who are told; everybody else's are queued. Fails with refused
/// while another reply waits.
Result<TicketEvent> reply_event(const Policies& policies, const Ticket& ticket, const TicketCommand& command);

/// approve: queues the waiting words of whoever wrote them (`person`), and refers to what was proposed.
/// return: back to who wrote them, with `text`, which says why.
/// Both are a manager's. Fails with refused where nothing waits or somebody else may decide only.
Result<TicketEvent> approval_event(const Policies& policies, const Ticket& ticket, std::span<const TicketEvent> history,
                                   const TicketCommand& command);

/// Who may let out what others wrote about a ticket of this brand: managers, or where there are none, admins.
std::vector<std::string> approvers(const Policies& policies, std::string_view brand);

/// Ids of the colleagues whom a note names by "@Name", in the order in which they stand there. Of names that begin
/// alike the longest counts; who does not see the brand is not named.
std::vector<std::string> named_colleagues(std::string_view note, const std::vector<Person>& people,
                                          std::string_view brand);

}  // namespace rasid

#pragma once

#include "web/request.hpp"
#include "web/response.hpp"
#include "web/ticket_action.hpp"

#include <cstdint>
#include <optional>

namespace rasid {

/// Reads the body of a request into the action's word and its command or promise; a response when it is neither. The
/// action knows the time already.
std::optional<Response> read_action_body(const Request& request, TicketAction& action);

/// The version of the ticket that is acted upon, `If-Match: 7` or `"7"`; nullopt: it is not said.
std::optional<std::int64_t> version_seen(const Request& request);

}  // namespace rasid

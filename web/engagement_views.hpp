#pragma once

#include "core/customer.hpp"
#include "core/json.hpp"
#include "core/promise.hpp"
#include "core/proposal.hpp"
#include "core/survey.hpp"
#include "core/touch.hpp"
#include "engagement/explanation.hpp"
#include "engagement/trust.hpp"
#include "web/workspace.hpp"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace rasid {

// The values of docs/api.md that several answers hold.

/// Numbers of the tickets that are named; others are null.
using TicketNumbers = std::map<std::string, std::int64_t>;

void write_ticket_ref(JsonWriter& out, std::string_view name, const std::string& ticket, const TicketNumbers& numbers);
void write_money(JsonWriter& out, double minor, const std::string& currency);

/// TOUCH. `all` are the touches of its year, by which it is told whether it is owed. `send_at`: of its mail that waits.
void write_touch(JsonWriter& out, const PlannedTouch& touch, std::span<const PlannedTouch> all, Date today,
                 const Workspace& workspace, std::optional<Instant> send_at);
void write_case(JsonWriter& out, const BadExperience& bad_experience, const TicketNumbers& numbers);
void write_promise(JsonWriter& out, const Promise& promise, const TicketNumbers& numbers, const Workspace& workspace,
                   Instant now);
void write_survey(JsonWriter& out, const Survey& survey);
/// `text`: the value as people read it.
void write_figure(JsonWriter& out, std::string_view name, const Figure& figure, std::optional<double> value,
                  const std::string& text);
void write_trust(JsonWriter& out, const TrustPoint& point);

/// PROPOSAL, with what its subject is called.
struct ShownProposal {
    Proposal proposal = {};
    std::string customer_name = {};
    std::string shown = {};
};
void write_proposal(JsonWriter& out, const ShownProposal& shown, const Workspace& workspace);

}  // namespace rasid

#pragma once

#include "core/bad_experience.hpp"
#include "core/ticket.hpp"
#include "core/verdict.hpp"

#include <span>
#include <string>
#include <vector>

namespace rasid {

struct CasePolicy {
    /// Whether negative posts that no ticket handles open a case too. Somebody must then resolve such cases by hand.
    bool without_ticket = false;
    /// Within this time two negative posts without a tag between them are about one thing.
    Duration same_thing_within = std::chrono::days(7);
};

/// A case after an event.
BadExperience applied(BadExperience bad_experience, const CaseEvent& event);

/// All cases of a customer, the oldest first, from their events in order.
std::vector<BadExperience> fold_cases(std::span<const CaseEvent> events);

/// The open case that a further negative post belongs to: that of its ticket, else one about the same thing (a tag in
/// common, or no tags on either side and close in time). Null: it is a new one.
const BadExperience* same_case(std::span<const BadExperience> cases, const Ticket* ticket,
                               const std::vector<std::string>& about, Instant at, const CasePolicy& policy);

/// The case that a ticket handles, open or not. Null: none.
const BadExperience* case_of_ticket(std::span<const BadExperience> cases, const std::string& ticket);

/// The oldest open case except one. Null: none.
const BadExperience* other_open_case(std::span<const BadExperience> cases, const std::string& except);

}  // namespace rasid

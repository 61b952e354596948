#pragma once

#include "core/random.hpp"
#include "core/ticket.hpp"
#include "core/workload.hpp"
#include "escalation/assignment.hpp"
#include "escalation/policies.hpp"

#include <span>
#include <string>
#include <vector>

namespace rasid {

/// Who forgets to say that he leaves counts as gone after so long.
inline constexpr std::chrono::hours kPresenceLasts{12};
/// Whose tickets stay his for so long after he left.
inline constexpr std::chrono::minutes kAbsenceGrace{30};

/// Everybody who may be given tickets, at a moment.
std::vector<Colleague> colleagues_of(std::span<const Person> people, std::span<const Workload> workloads, Instant now);

/// Counts a ticket that somebody got.
void count_turn(std::vector<Colleague>& colleagues, std::string_view person, Instant now);

/// A ticket that may have to be given to somebody.
struct HeldTicket {
    Ticket ticket = {};
    std::vector<TicketEvent> history = {};
    std::string language = {};  ///< of its newest mention
};

/// What time does to tickets of queues that assign: one that nobody has is given to somebody who is here, one whose
/// holder left `kAbsenceGrace` ago, or is no longer known, is taken back and given to another, or to nobody while
/// nobody is here. What a person took after he left stays his, and what a person gave back by hand is nobody's until a
/// person takes it. Loads are counted on from ticket to ticket; a ticket that stays as it is has no change.
/// Members of an incident that runs wait below its ticket.
std::vector<TicketChange> hand_out(const Policies& policies, std::vector<Colleague> colleagues,
                                   std::span<const HeldTicket> tickets, Random& random, Instant now);

}  // namespace rasid

#include "escalation/incident_tickets.hpp"

#include "escalation/target_policy.hpp"
#include "escalation/ticket_change.hpp"

#include <algorithm>
#include <utility>

namespace rasid {
namespace {

constexpr const char* kPlatform = "rasid";

}  // namespace

Priority incident_priority(Priority of_rule) {
    const auto step = std::min(static_cast<int>(of_rule) + 1, static_cast<int>(Priority::critical));
    return std::max(static_cast<Priority>(step), Priority::high);
}

TicketChange open_incident(const Policies& policies, const Series& series, const Incident& incident,
                           const IncidentRoute& route, Random& random, Instant now) {
    Opening opening{.queue = route.queue,
                    .brand = series.brand,
                    .platform = kPlatform,
                    .author = {.name = series.name},
                    .priority = incident_priority(route.priority),
                    .rule = route.rule,
                    .reasons = {incident.reason,
                                Reason{"incident.series", {std::string(to_string(incident.kind)), to_string(series)}}},
                    .asked_at = now};
    if (series.kind == Series::Kind::tag) opening.tags = {series.name};
    if (const Queue* queue = policies.queue(route.queue)) {
        if (opening.brand.empty()) opening.brand = queue->brand;
        opening.ladder = queue->ladder;
        opening.promises = targets_for(policies, queue->name, opening.priority, "");
    }
    TicketChanging changing(policies, Ticket{.id = new_id(random, now)}, {}, random, now);
    changing.add({.kind = TicketEventKind::opened,
                  .opening = std::move(opening),
                  .detail = EventDetail{.reasons = {incident.reason}}});
    changing.add({.kind = TicketEventKind::grouped, .refers_to = changing.ticket().id});
    return std::move(changing).finish();
}

std::optional<TicketChange> group_ticket(const Policies& policies, const Ticket& ticket, Priority of_rule,
                                         std::span<const TicketEvent> history, const Ticket& incident, Random& random,
                                         Instant now) {
    const bool both_open = ticket.state == TicketState::open && incident.state == TicketState::open;
    const bool fits = ticket.queue == incident.queue && of_rule <= incident.priority;
    if (!both_open || !fits || !ticket.incident.empty() || ticket.id == incident.id) return std::nullopt;
    TicketChanging changing(policies, ticket, history, random, now);
    changing.add({.kind = TicketEventKind::grouped, .refers_to = incident.id});
    return std::move(changing).finish();
}

std::optional<TicketChange> resume_incident(const Policies& policies, const Ticket& incident,
                                            std::span<const TicketEvent> history, Random& random, Instant now) {
    if (incident.incident_runs) return std::nullopt;
    TicketChanging changing(policies, incident, history, random, now);
    changing.add({.kind = TicketEventKind::grouped, .refers_to = incident.id});
    return std::move(changing).finish();
}

std::optional<TicketChange> end_incident(const Policies& policies, const Ticket& ticket,
                                         std::span<const TicketEvent> history, Random& random, Instant now) {
    if (!ticket.incident_runs) return std::nullopt;
    TicketChanging changing(policies, ticket, history, random, now);
    changing.add({.kind = TicketEventKind::incident_over, .refers_to = ticket.incident});
    return std::move(changing).finish();
}

}  // namespace rasid

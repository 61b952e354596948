#include "escalation/hand_out.hpp"

#include "core/people.hpp"
#include "escalation/ticket_change.hpp"

#include <algorithm>
#include <optional>

namespace rasid {
namespace {

Colleague* find(std::vector<Colleague>& colleagues, std::string_view id) {
    const auto found = std::ranges::find(colleagues, id, &Colleague::id);
    return found == colleagues.end() ? nullptr : &*found;
}

/// The last event that said who has the ticket.
const TicketEvent* last_turn(std::span<const TicketEvent> history) {
    for (auto event = history.rbegin(); event != history.rend(); ++event) {
        if (event->kind == TicketEventKind::assigned || event->kind == TicketEventKind::released) return &*event;
    }
    return nullptr;
}

bool given_back_by_hand(std::span<const TicketEvent> history) {
    const auto* turn = last_turn(history);
    return turn && turn->kind == TicketEventKind::released && !turn->actor.empty();
}

/// Why a ticket is taken from who has it; nullopt: it stays his.
std::optional<Reason> why_taken(const Colleague* holder, const HeldTicket& held, const Policies& policies,
                                Instant now) {
    if (!holder) return Reason{"released.gone", {}};
    if (holder->present || !holder->absent_since) return std::nullopt;
    const auto* turn = last_turn(held.history);
    const auto since = std::max(*holder->absent_since, turn ? turn->at : Instant::min());
    if (since + kAbsenceGrace > now) return std::nullopt;
    return Reason{"released.away", {name_or_id(policies.people, holder->id)}};
}

std::optional<TicketChange> decide(const Policies& policies, std::vector<Colleague>& colleagues, const HeldTicket& held,
                                   Random& random, Instant now) {
    const auto& ticket = held.ticket;
    const Queue* queue = policies.queue(ticket.queue);
    if (!queue || !queue->assign || ticket.state != TicketState::open) return std::nullopt;
    auto* holder = find(colleagues, ticket.assignee);
    std::optional<Reason> taken;
    if (ticket.assignee.empty()) {
        if (given_back_by_hand(held.history)) return std::nullopt;
    } else {
        taken = why_taken(holder, held, policies, now);
        if (!taken) return std::nullopt;
    }
    const auto choice = choose_assignee(*queue->assign, colleagues,
                                        {.brand = ticket.brand, .language = held.language, .skills = queue->skills});
    if (!taken && choice.person.empty()) return std::nullopt;

    TicketChanging changing(policies, ticket, held.history, random, now);
    if (taken) {
        if (holder) --holder->open;
        EventDetail detail{.reasons = {*taken}};
        if (choice.person.empty())
            detail.reasons.insert(detail.reasons.end(), choice.reasons.begin(), choice.reasons.end());
        changing.add({.kind = TicketEventKind::released, .detail = std::move(detail)});
    }
    if (!choice.person.empty()) {
        changing.add({.kind = TicketEventKind::assigned,
                      .person = choice.person,
                      .detail = EventDetail{.reasons = choice.reasons}});
        count_turn(colleagues, choice.person, now);
    }
    return std::move(changing).finish();
}

}  // namespace

std::vector<Colleague> colleagues_of(std::span<const Person> people, std::span<const Workload> workloads, Instant now) {
    std::vector<Colleague> colleagues;
    for (const auto& person : people) {
        Colleague colleague{.id = person.id,
                            .brands = person.brands,
                            .languages = person.languages,
                            .skills = person.skills,
                            .capacity = person.capacity,
                            .present = false};
        const auto known = std::ranges::find(workloads, person.id, &Workload::person);
        if (known != workloads.end()) {
            const auto until = known->said_at.value_or(Instant()) + kPresenceLasts;
            colleague.present = known->present && now < until;
            if (!colleague.present && known->said_at) colleague.absent_since = known->present ? until : known->said_at;
            colleague.last_assigned = known->last_assigned_at;
            colleague.open = known->open;
        }
        colleagues.push_back(std::move(colleague));
    }
    return colleagues;
}

void count_turn(std::vector<Colleague>& colleagues, std::string_view person, Instant now) {
    if (auto* colleague = find(colleagues, person)) {
        ++colleague->open;
        colleague->last_assigned = now;
    }
}

std::vector<TicketChange> hand_out(const Policies& policies, std::vector<Colleague> colleagues,
                                   std::span<const HeldTicket> tickets, Random& random, Instant now) {
    std::vector<TicketChange> changes;
    for (const auto& held : tickets) {
        if (held.ticket.held_by_incident()) continue;
        if (auto change = decide(policies, colleagues, held, random, now)) changes.push_back(std::move(*change));
    }
    return changes;
}

}  // namespace rasid

#include "engagement/cases.hpp"

#include <algorithm>

namespace rasid {

BadExperience applied(BadExperience bad_experience, const CaseEvent& event) {
    switch (event.kind) {
    case CaseEventKind::opened:
        bad_experience = {.id = event.bad_experience, .customer = event.customer, .opened_at = event.at};
        [[fallthrough]];
    case CaseEventKind::joined:
        if (bad_experience.ticket.empty()) bad_experience.ticket = event.ticket;
        bad_experience.last_at = std::max(bad_experience.last_at, event.at);
        ++bad_experience.posts;
        for (const auto& tag : event.about) {
            if (std::ranges::find(bad_experience.about, tag) == bad_experience.about.end())
                bad_experience.about.push_back(tag);
        }
        break;
    case CaseEventKind::resolved:
        bad_experience.resolved_at = event.at;
        break;
    case CaseEventKind::reopened:
        bad_experience.resolved_at.reset();
        break;
    }
    return bad_experience;
}

std::vector<BadExperience> fold_cases(std::span<const CaseEvent> events) {
    std::vector<BadExperience> cases;
    for (const auto& event : events) {
        auto found = std::ranges::find(cases, event.bad_experience, &BadExperience::id);
        if (found == cases.end()) {
            if (event.kind != CaseEventKind::opened) continue;
            found = cases.insert(cases.end(), BadExperience{});
        }
        *found = applied(std::move(*found), event);
    }
    return cases;
}

const BadExperience* same_case(std::span<const BadExperience> cases, const Ticket* ticket,
                               const std::vector<std::string>& about, Instant at, const CasePolicy& policy) {
    const BadExperience* alike = nullptr;
    for (const auto& each : cases) {
        if (!each.open()) continue;
        if (ticket && (each.ticket == ticket->id || each.id == ticket->id)) return &each;
        const bool shares = std::ranges::any_of(
            about, [&](const std::string& tag) { return std::ranges::find(each.about, tag) != each.about.end(); });
        const bool close = std::chrono::abs(at - each.last_at) <= policy.same_thing_within;
        if (!alike && (shares || (about.empty() && each.about.empty() && close))) alike = &each;
    }
    return alike;
}

const BadExperience* case_of_ticket(std::span<const BadExperience> cases, const std::string& ticket) {
    const BadExperience* found = nullptr;
    for (const auto& each : cases) {
        const bool its = each.ticket == ticket || each.id == ticket;
        if (its && (!found || each.open())) found = &each;
    }
    return found;
}

const BadExperience* other_open_case(std::span<const BadExperience> cases, const std::string& except) {
    const BadExperience* oldest = nullptr;
    for (const auto& each : cases) {
        if (each.open() && each.id != except && (!oldest || each.opened_at < oldest->opened_at)) oldest = &each;
    }
    return oldest;
}

}  // namespace rasid

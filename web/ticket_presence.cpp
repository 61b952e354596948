#include "web/ticket_presence.hpp"

#include <algorithm>

namespace rasid {

std::string_view to_string(TicketPresence::State state) {
    return state == TicketPresence::State::writing ? "writing" : "looking";
}

std::optional<TicketPresence::State> parse_presence_state(std::string_view word) {
    if (word == "looking") return TicketPresence::State::looking;
    if (word == "writing") return TicketPresence::State::writing;
    return std::nullopt;
}

std::vector<TicketPresence::Change> TicketPresence::beat(const std::string& ticket, const std::string& brand,
                                                         const std::string& person, State state, Instant now) {
    std::vector<Change> changed;
    const bool known = is_there(ticket, person);
    if (!known) {
        if (auto crowded = crowd_out(person)) changed.push_back(std::move(*crowded));
    }
    auto& visited = tickets_[ticket];
    visited.brand = brand;
    auto visitor = std::ranges::find(visited.visitors, person, &Visitor::person);
    if (visitor == visited.visitors.end()) {
        visited.visitors.push_back({person, state, now});
        changed.push_back({ticket, visited});
        return changed;
    }
    const bool same = visitor->state == state;
    visitor->state = state;
    visitor->seen_at = now;
    if (!same) changed.push_back({ticket, visited});
    return changed;
}

std::optional<TicketPresence::Change> TicketPresence::leave(std::string_view ticket, std::string_view person) {
    const auto found = tickets_.find(ticket);
    if (found == tickets_.end()) return std::nullopt;
    const auto gone = std::erase_if(found->second.visitors, [&](const Visitor& one) { return one.person == person; });
    if (gone == 0) return std::nullopt;
    Change change{found->first, found->second};
    if (found->second.visitors.empty()) tickets_.erase(found);
    return change;
}

std::vector<TicketPresence::Change> TicketPresence::expire(Instant now) {
    std::vector<Change> changed;
    for (auto at = tickets_.begin(); at != tickets_.end();) {
        auto& [ticket, visited] = *at;
        // A clock that was set back makes nobody immortal.
        const auto gone = std::erase_if(visited.visitors, [&](const Visitor& one) {
            return one.seen_at + kLasts <= now || one.seen_at > now + kLasts;
        });
        if (gone > 0) changed.push_back({ticket, visited});
        at = visited.visitors.empty() ? tickets_.erase(at) : std::next(at);
    }
    return changed;
}

bool TicketPresence::is_there(std::string_view ticket, std::string_view person) const {
    const auto found = tickets_.find(ticket);
    return found != tickets_.end() &&
           std::ranges::find(found->second.visitors, person, &Visitor::person) != found->second.visitors.end();
}

/// Makes room for one more ticket of this person.
std::optional<TicketPresence::Change> TicketPresence::crowd_out(std::string_view person) {
    std::size_t count = 0;
    std::string oldest;
    Instant seen_at = Instant::max();
    for (const auto& [ticket, visited] : tickets_) {
        const auto visitor = std::ranges::find(visited.visitors, person, &Visitor::person);
        if (visitor == visited.visitors.end()) continue;
        ++count;
        if (visitor->seen_at < seen_at) {
            seen_at = visitor->seen_at;
            oldest = ticket;
        }
    }
    if (count < kTicketsOfPerson) return std::nullopt;
    return leave(oldest, person);
}

}  // namespace rasid

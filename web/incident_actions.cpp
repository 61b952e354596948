#include "web/incident_actions.hpp"

#include <algorithm>

namespace rasid {
namespace {

constexpr int kMembersAtOnce = 500;

/// Calls `order` for every member; where it gives a command, that is done.
template <typename Order>
std::vector<std::string> for_members(Store& store, const MemberAction& action, const std::string& incident,
                                     Random& random, Order order) {
    std::vector<std::string> done;
    std::vector<Ticket> members;
    do {
        const auto after = members.empty() ? std::string() : members.back().id;
        members = store.tickets_of_incident(incident, after, kMembersAtOnce);
        for (const auto& member : members) {
            const auto history = store.events_of(member.id);
            auto wanted = order(member, history);
            if (!wanted) continue;
            wanted->actor = action.actor;
            const auto change = command(action.policies, member, history, *wanted, random, action.now);
            if (!change) continue;
            store.apply(*change, action.plans(member, change->after), {});
            done.push_back(member.id);
        }
    } while (!members.empty());
    return done;
}

}  // namespace

std::vector<std::string> resolve_members(Store& store, const MemberAction& action, const std::string& incident,
                                         const std::string& event, Random& random) {
    return for_members(store, action, incident, random,
                       [&](const Ticket& member, const std::vector<TicketEvent>&) -> std::optional<TicketCommand> {
                           if (member.state != TicketState::open) return std::nullopt;
                           return TicketCommand{.kind = TicketCommand::Kind::resolve, .because_of = event};
                       });
}

std::vector<std::string> reopen_members(Store& store, const MemberAction& action, const std::string& incident,
                                        const std::string& event, Random& random) {
    return for_members(store, action, incident, random,
                       [&](const Ticket&, const std::vector<TicketEvent>& history) -> std::optional<TicketCommand> {
                           const auto resolved = std::ranges::find_if(history, [&](const TicketEvent& one) {
                               return one.kind == TicketEventKind::resolved && one.refers_to == event;
                           });
                           if (resolved == history.end()) return std::nullopt;
                           return TicketCommand{.kind = TicketCommand::Kind::undo, .event = resolved->id};
                       });
}

}  // namespace rasid

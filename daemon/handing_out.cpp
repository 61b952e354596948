#include "daemon/handing_out.hpp"

#include "escalation/hand_out.hpp"

namespace rasid {
namespace {

std::vector<std::string> queues_that_assign(const Policies& policies) {
    std::vector<std::string> names;
    for (const auto& queue : policies.queues) {
        if (queue.assign) names.push_back(queue.name);
    }
    return names;
}

/// People whose tickets stay theirs whatever the time.
std::vector<std::string> not_away(const std::vector<Colleague>& colleagues) {
    std::vector<std::string> ids;
    for (const auto& colleague : colleagues) {
        if (colleague.present || !colleague.absent_since) ids.push_back(colleague.id);
    }
    return ids;
}

}  // namespace

HandedOut give_tickets(Store& store, const Policies& policies, std::string_view after, int limit, Random& random,
                       Instant now) {
    HandedOut done;
    const auto queues = queues_that_assign(policies);
    if (queues.empty()) return done;
    auto colleagues = colleagues_of(policies.people, store.workloads(), now);
    const auto tickets = store.tickets_to_give(queues, not_away(colleagues), after, limit);
    if (tickets.size() == static_cast<std::size_t>(limit)) done.last = tickets.back().id;
    std::vector<HeldTicket> held;
    for (const auto& ticket : tickets) {
        HeldTicket one{.ticket = ticket, .history = store.events_of(ticket.id)};
        if (const auto newest = store.mention_by_id(ticket.latest_mention)) one.language = newest->verdict.language;
        held.push_back(std::move(one));
    }
    for (const auto& change : hand_out(policies, std::move(colleagues), held, random, now))
        done.changed.push_back(store.apply(change, {}, {}));
    return done;
}

}  // namespace rasid

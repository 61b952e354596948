#include "escalation/ladder.hpp"

#include "escalation/ladder_steps.hpp"
#include "escalation/ticket_change.hpp"

#include <algorithm>
#include <set>

namespace rasid {
namespace {

bool sees_brand(const Person& person, const std::string& brand) {
    return person.brands.empty() || std::ranges::find(person.brands, brand) != person.brands.end();
}

/// A role means exactly that role: what moderators are told, admins are not.
bool addressed(const LadderStep& step, const Person& person, const std::string& brand) {
    if (step.to == "person:" + person.name) return true;
    return step.to == "role:" + std::string(to_string(person.role)) && sees_brand(person, brand);
}

std::vector<Person> recipients_of(const Policies& policies, const Ticket& ticket, int percent) {
    std::vector<Person> recipients;
    const Ladder* ladder = policies.ladder(ticket.ladder);
    if (!ladder) return recipients;
    for (const auto& person : policies.people) {
        const bool told = std::ranges::any_of(ladder->steps, [&](const LadderStep& step) {
            return step.at_percent == percent && addressed(step, person, ticket.brand);
        });
        if (told) recipients.push_back(person);
    }
    return recipients;
}

/// Which life of the ticket this is: a step may be taken once in each.
std::int64_t occurrence_of(std::span<const TicketEvent> history) {
    return 1 + std::ranges::count(history, TicketEventKind::reopened, &TicketEvent::kind);
}

struct Telling {
    LadderMoment moment = {};
    std::vector<Person> people = {};
    std::string nobody = {};  ///< why, when `people` is empty
};

/// Everybody is told of the latest due step that addresses him.
std::vector<Telling> share_out(const Policies& policies, const Ticket& ticket, const std::vector<LadderMoment>& due) {
    std::vector<Telling> tellings;
    std::set<std::string> told;
    for (auto moment = due.rbegin(); moment != due.rend(); ++moment) {
        Telling telling{.moment = *moment};
        const auto recipients = recipients_of(policies, ticket, moment->percent);
        for (const auto& person : recipients) {
            if (told.insert(person.id).second) telling.people.push_back(person);
        }
        telling.nobody = recipients.empty() ? "nobody to tell" : "told of a later step";
        tellings.push_back(std::move(telling));
    }
    std::ranges::reverse(tellings);
    return tellings;
}

}  // namespace

Escalation escalate(const Policies& policies, const Ticket& ticket, std::span<const TicketEvent> history,
                    Random& random, Instant now) {
    TicketChanging changing(policies, ticket, history, random, now);
    Escalation escalation;

    if (ticket.state == TicketState::open) {
        for (const auto& clock : ticket.clocks) {
            if (clock.done() || clock.breached_at || clock.due_at > now) continue;
            changing.add({.kind = TicketEventKind::breached, .target = clock.target});
        }
    }

    auto due = untaken_steps(ticket, policies);
    std::erase_if(due, [&](const LadderMoment& moment) { return moment.at > now; });
    for (const auto& [moment, people, nobody] : share_out(policies, ticket, due)) {
        const TicketEvent step{.kind = TicketEventKind::notified, .target = moment.target, .percent = moment.percent};
        if (people.empty()) {
            auto untold = step;
            untold.text = nobody;
            changing.add(std::move(untold));
        }
        for (const auto& person : people) {
            auto told = step;
            told.person = person.id;
            escalation.notices.push_back({.person = person,
                                          .target = moment.target,
                                          .percent = moment.percent,
                                          .key = ticket.id + "/" + step_key(moment.target, moment.percent) + "/" +
                                                 std::to_string(occurrence_of(history)) + "/" + person.id,
                                          .event_id = changing.add(std::move(told)).id});
        }
    }
    escalation.change = std::move(changing).finish();
    return escalation;
}

}  // namespace rasid

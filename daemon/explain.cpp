#include "daemon/explain.hpp"

#include "daemon/explain_customer.hpp"
#include "daemon/story.hpp"
#include "escalation/business_time.hpp"
#include "escalation/policies.hpp"
#include "escalation/ticket_fold.hpp"

#include <charconv>

namespace rasid {
namespace {

std::string name_of(const Policies& policies, const std::string& person) {
    for (const auto& known : policies.people) {
        if (known.id == person) return known.name;
    }
    return person.empty() ? "Rasid" : person;
}

std::string sentence_of(const TicketEvent& event, const Policies& policies) {
    std::string text = std::string(to_string(event.kind));
    if (!event.actor.empty()) text += " by " + name_of(policies, event.actor);
    if (!event.person.empty()) text += " to " + name_of(policies, event.person);
    if (event.target)
        text += " (" + std::string(to_string(*event.target)) +
                (event.percent > 0 ? " " + std::to_string(event.percent) + "%" : "") + ")";
    if (event.priority) text += " " + std::string(to_string(*event.priority));
    if (!event.refers_to.empty() && event.kind == TicketEventKind::undone) text += " event " + event.refers_to;
    if (!event.text.empty()) text += ": " + event.text;
    return text;
}

void tell_clock(Story& story, const Ticket& ticket, const TargetClock& clock, const Policies& policies, Instant now) {
    const auto* calendar = policies.calendar(clock.calendar);
    story.line("clock " + std::string(to_string(clock.target)) + ": " + to_duration_text(clock.length) + " of " +
               (clock.calendar.empty() ? std::string("time round the clock")
                                       : "working time by calendar `" + clock.calendar + "`" +
                                             (calendar ? " (" + calendar->time_zone + ")" : " (since removed)")) +
               ", " + std::string(to_string(state_of(ticket, clock, policies, now))));
    story.step(clock.started_at, "started");
    story.step(clock.due_at, "due");
    if (clock.breached_at) story.step(*clock.breached_at, "breached");
    if (clock.met_at) {
        story.step(*clock.met_at,
                   "met after " + to_duration_text(business_time_between(calendar, clock.started_at, *clock.met_at)) +
                       " of working time");
    } else if (const auto resumes = resumes_at(calendar, now)) {
        story.step(*resumes, "resumes (outside working hours until then)");
    }
}

std::string tell_ticket(Reader& reader, const Ticket& ticket, Instant now) {
    const auto policies = policies_of(reader.setup());
    Story story;
    story.line("ticket #" + std::to_string(ticket.number) + " (" + ticket.id +
               "): " + std::string(to_string(ticket.state)) + ", priority " + std::string(to_string(ticket.priority)) +
               ", queue " + ticket.queue);
    story.line("author @" + ticket.author.handle + " on " + ticket.platform +
               (ticket.customer.empty() ? "" : ", customer " + ticket.customer));
    for (const auto& reason : ticket.reasons) story.line("  because " + reason);
    for (const auto& clock : ticket.clocks) tell_clock(story, ticket, clock, policies, now);
    story.line("mentions:");
    for (const auto& stored : reader.mentions_of_ticket(ticket.id, 500)) {
        story.step(stored.mention.created_at,
                   "@" + stored.mention.author.handle + (stored.mention.own ? " (ours)" : "") + ": " +
                       (stored.mention.deleted ? "(deleted by its author)" : stored.mention.text));
        for (const auto& reason : stored.verdict.reasons) story.line("    because " + reason);
    }
    story.line("events:");
    for (const auto& event : reader.events_of(ticket.id)) story.step(event.at, sentence_of(event, policies));
    return std::move(story).take();
}

}  // namespace

std::optional<std::string> explain_story(Reader& reader, std::string_view id, Instant now) {
    auto digits = id;
    if (digits.starts_with('#')) digits.remove_prefix(1);
    std::int64_t number = 0;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (!digits.empty() && parsed.ec == std::errc() && parsed.ptr == digits.data() + digits.size()) {
        if (const auto ticket = reader.ticket_by_number(number)) return tell_ticket(reader, *ticket, now);
    }
    if (const auto ticket = reader.ticket(id)) return tell_ticket(reader, *ticket, now);
    if (const auto customer = reader.customer(id)) return explain_customer(reader, *customer, now);
    return std::nullopt;
}

}  // namespace rasid

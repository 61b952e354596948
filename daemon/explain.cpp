#include "daemon/explain.hpp"

#include "daemon/explain_customer.hpp"
#include "daemon/story.hpp"
#include "escalation/clock_fold.hpp"
#include "escalation/policies.hpp"
#include "escalation/ticket_history.hpp"

#include <charconv>

namespace rasid {
namespace {

const Texts kEnglish("en");

std::string sentence_of(const TicketEvent& event, const Policies& policies) {
    std::string text = std::string(to_string(event.kind));
    if (!event.actor.empty()) text += " by " + actor_name(policies.people, event.actor);
    if (!event.person.empty()) text += " to " + actor_name(policies.people, event.person);
    if (event.target)
        text += " (" + std::string(to_string(*event.target)) +
                (event.percent > 0 ? " " + std::to_string(event.percent) + "%" : "") + ")";
    if (event.unacknowledged) text += " (unacknowledged for " + to_duration_text(*event.unacknowledged) + ")";
    if (event.status) text += " to " + std::string(to_string(*event.status));
    if (event.priority) text += " " + std::string(to_string(*event.priority));
    if (!event.refers_to.empty() && event.kind == TicketEventKind::undone) text += " event " + event.refers_to;
    if (const auto words = words_of(event, kEnglish); !words.empty()) text += ": " + words;
    return text;
}

void tell_clock(Story& story, const ClockRow& clock) {
    story.line("clock " + std::string(to_string(clock.target)) +
               (clock.round > 1 ? " (round " + std::to_string(clock.round) + ")" : "") + ": " +
               to_duration_text(clock.length) + " of " +
               (clock.calendar.empty()
                    ? std::string("time round the clock")
                    : "working time by calendar `" + clock.calendar + "` (" + clock.hours.time_zone + ")") +
               ", " + std::string(to_string(clock.state)));
    if (clock.due_at) story.step(*clock.due_at, clock.met_at ? "was due" : "due");
    if (clock.met_at) story.step(*clock.met_at, "met after " + to_duration_text(clock.used) + " of working time");
    if (clock.paused > Duration::zero())
        story.line("  a status took out " + to_duration_text(clock.paused) +
                   (clock.kept_by_pausing ? "; without it, it would have been late" : ""));
}

void tell_clocks(Story& story, const TicketClocks& clocks, const Policies& policies) {
    for (const auto& clock : clocks.rows) tell_clock(story, clock);
    for (const auto& pause : clocks.paused_by)
        story.line("paused by " + actor_name(policies.people, pause.person) + " for " + to_duration_text(pause.total));
    story.line("clock steps:");
    for (const auto& step : clocks.steps) {
        story.step(step.at, std::string(to_string(step.target)) +
                                (step.round > 1 ? "/" + std::to_string(step.round) : "") + " " +
                                std::string(to_string(step.what)) +
                                (step.calendar.empty() ? "" : " by calendar `" + step.calendar + "`") +
                                (step.due_at ? ", due " + to_rfc3339(*step.due_at) : ""));
    }
}

void tell_incident(Story& story, Reader& reader, const Ticket& ticket) {
    if (ticket.incident.empty()) return;
    const auto own = reader.ticket(ticket.incident);
    story.line((ticket.leads_incident() ? "the ticket of an incident"
                                        : "part of the incident #" + std::to_string(own ? own->number : 0)) +
               std::string(ticket.incident_runs ? " that runs" : " that is over"));
    if (!ticket.leads_incident()) return;
    for (const auto& rise : reader.rises_of(ticket.id))
        story.line("  " + to_string(rise.series) + ": " + in_words(rise.incident.reason, kEnglish));
    story.line("  " + std::to_string(reader.incident_size(ticket.id)) + " tickets below it");
}

std::string tell_ticket(Reader& reader, const Ticket& ticket, Instant now) {
    const auto policies = policies_of(reader.setup());
    Story story;
    story.line("ticket #" + std::to_string(ticket.number) + " (" + ticket.id +
               "): " + std::string(to_string(ticket.state)) +
               (ticket.status == TicketStatus::active ? "" : ", " + std::string(to_string(ticket.status))) +
               ", priority " + std::string(to_string(ticket.priority)) + ", queue " + ticket.queue);
    story.line("author @" + ticket.author.handle + " on " + ticket.platform +
               (ticket.customer.empty() ? "" : ", customer " + ticket.customer));
    for (const auto& reason : in_words(ticket.reasons, kEnglish)) story.line("  because " + reason);
    tell_incident(story, reader, ticket);
    const auto events = reader.events_of(ticket.id);
    tell_clocks(story, fold_clocks(clock_events_of(events), now), policies);
    story.line("mentions:");
    for (const auto& stored : reader.mentions_of_ticket(ticket.id, 500)) {
        story.step(stored.mention.created_at,
                   "@" + stored.mention.author.handle + (stored.mention.own ? " (ours)" : "") + ": " +
                       (stored.mention.deleted ? "(deleted by its author)" : stored.mention.text));
        for (const auto& reason : in_words(stored.verdict.reasons, kEnglish)) story.line("    because " + reason);
    }
    story.line("events:");
    for (const auto& event : events) story.step(event.at, sentence_of(event, policies));
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

#include "web/ticket_views.hpp"

#include "core/text/first_characters.hpp"
#include "escalation/business_time.hpp"
#include "escalation/ticket_fold.hpp"

#include <algorithm>

namespace rasid {
namespace {

std::int64_t whole_seconds(Duration duration) {
    return std::chrono::duration_cast<std::chrono::seconds>(duration).count();
}

/// The members of a clock.
void write_clock(JsonWriter& out, const Ticket& ticket, const TargetClock& clock, const Workspace& workspace,
                 Instant now) {
    const auto state = state_of(ticket, clock, workspace.policies, now);
    out.member("target", to_string(clock.target));
    out.member("round", clock.round);
    out.member("state", to_string(state));
    out.member("started_at", clock.started_at);
    out.member("due_at", clock.due_at);
    out.member("met_at", clock.met_at);
    out.member("breached_at", clock.breached_at);
    out.member("target_seconds", whole_seconds(clock.length));
    // Of a clock that a status stopped, which has no due time.
    if (clock.open() && !clock.due_at)
        out.member("left_seconds", whole_seconds(std::max(clock.length - clock.used, Duration::zero())));
    if (clock.paused > Duration::zero()) out.member("paused_seconds", whole_seconds(clock.paused));
    if (clock.kept_by_pausing) out.member("kept_by_pausing", true);
    const auto* calendar = workspace.policies.calendar(clock.calendar);
    out.member("resumes_at", state == ClockState::paused && calendar ? resumes_at(calendar, now) : std::nullopt);
}

void write_row_customer(JsonWriter& out, const TicketFacts& facts) {
    out.key("customer");
    if (!facts.customer) return out.null();
    out.object([&] {
        out.member("id", facts.customer->id);
        out.member("name", facts.customer->name);
        out.member("tier", facts.customer->tier);
    });
}

}  // namespace

TicketFacts facts_of(Reader& reader, Ticket ticket) {
    TicketFacts facts{std::move(ticket), {}, {}};
    facts.newest = reader.mention_by_id(facts.ticket.latest_mention);
    if (!facts.ticket.customer.empty()) facts.customer = reader.customer(facts.ticket.customer);
    facts.incident = incident_of(reader, facts.ticket);
    return facts;
}

std::string answering_source(const TicketFacts& facts) {
    if (!facts.newest || facts.newest->mention.deleted || facts.newest->mention.reply_token.empty()) return {};
    return facts.newest->mention.source;
}

std::vector<std::string> possible_actions(const TicketFacts& facts, const ActionsOf& actions_of) {
    const auto source = answering_source(facts);
    if (source.empty() || !actions_of) return {};
    return actions_of(source);
}

void write_row_members(JsonWriter& out, const TicketFacts& facts, const Workspace& workspace,
                       const std::vector<std::string>& can, const Texts& texts, Instant now) {
    const auto& ticket = facts.ticket;
    static const StoredMention kNothing;
    const auto& newest = facts.newest ? *facts.newest : kNothing;
    out.member("id", ticket.id);
    out.member("number", ticket.number);
    out.member("version", ticket.version);
    out.member("state", to_string(ticket.state));
    out.member("status", to_string(ticket.status));
    out.member("priority", to_string(ticket.priority));
    out.member("queue", ticket.queue);
    out.member("brand", ticket.brand);
    out.key("author");
    write_author(out, facts.newest ? newest.mention.author : ticket.author);
    out.member("platform", facts.newest ? newest.mention.key.platform : ticket.platform);
    out.member("source", facts.newest ? newest.mention.source : ticket.source);
    const bool speaks_for_itself = ticket.leads_incident() && !ticket.reasons.empty();
    const auto text = speaks_for_itself ? in_words(ticket.reasons.front(), texts) : newest.mention.text;
    out.member("text", first_characters(text, kSnippet));
    out.member("language", newest.verdict.language);
    out.key("sentiment");
    out.object([&] {
        out.member("label", to_string(newest.verdict.sentiment.label));
        out.member("score", newest.verdict.sentiment.score);
    });
    out.strings("tags", ticket.tags);
    out.strings("labels", ticket.labels);
    out.member("snoozed_until", ticket.snoozed_until);
    out.strings("rules", newest.verdict.rules);
    out.text_or_null("url", newest.mention.url);
    out.member("created_at", ticket.opened_at);
    out.member("updated_at", ticket.updated_at);
    out.member("mentions", ticket.mentions);
    out.key("assignee");
    write_who(out, ticket.assignee, workspace);
    out.key("acknowledged_by");
    write_who(out, ticket.acknowledged_by, workspace);
    out.objects("clocks", ticket.clocks,
                [&](const TargetClock& clock) { write_clock(out, ticket, clock, workspace, now); });
    out.strings("can", can);
    out.member("waits_for_approval", !ticket.proposed_reply.empty());
}

ReplyForm reply_form(const TicketFacts& facts, const ReplyFormOf& form_of) {
    const auto source = answering_source(facts);
    if (source.empty() || !form_of) return unknown_reply_form();
    return form_of(source, facts.newest->mention.key.platform);
}

void write_row(JsonWriter& out, const TicketFacts& facts, const Workspace& workspace,
               const std::vector<std::string>& can, const Texts& texts, Instant now) {
    out.object([&] {
        write_row_members(out, facts, workspace, can, texts, now);
        out.key("incident");
        write_incident(out, facts.incident, texts);
        write_row_customer(out, facts);
    });
}

void write_counts(JsonWriter& out, const TicketCounts& counts) {
    out.object([&] {
        out.member("waiting", counts.waiting);
        out.member("late", counts.late);
        out.member("mine", counts.mine);
        out.member("unassigned", counts.unassigned);
        out.member("snoozed", counts.snoozed);
    });
}

void write_author(JsonWriter& out, const Author& author) {
    out.object([&] {
        out.member("name", author.name.empty() ? author.handle : author.name);
        out.member("handle", author.handle);
        out.member("followers", author.followers);
        out.member("verified", author.verified);
    });
}

void write_who(JsonWriter& out, std::string_view person, const Workspace& workspace) {
    if (person.empty()) return out.null();
    const auto* known = workspace.person(person);
    out.object([&] {
        out.member("id", person);
        out.member("name", known ? std::string_view(known->name) : std::string_view("?"));
    });
}

}  // namespace rasid

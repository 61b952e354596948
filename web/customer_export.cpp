#include "web/customer_export.hpp"

#include "core/customer_json.hpp"
#include "core/mention_json.hpp"
#include "escalation/ticket_history.hpp"

#include <algorithm>

namespace rasid {
namespace {

constexpr int kMentionsAtATime = 500;
constexpr int kTicketsExported = 10'000;

void write_planned(JsonWriter& out, const PlannedTouch& touch) {
    out.member("id", touch.id);
    out.member("year", touch.year);
    out.member("kind", touch.kind);
    out.member("due_on", to_string(touch.due_on));
    out.member("state", to_string(touch.state));
    out.member("reason", touch.reason);
    out.member("done_at", touch.done_at);
    out.member("plan", touch.plan);
    out.member("channel", touch.channel);
    out.member("owner", touch.owner);
    out.member("occasion", touch.occasion);
    out.member("draft", touch.draft);
}

void write_plan(JsonWriter& out, Reader& reader, const std::string& id, Instant now) {
    const auto events = reader.touch_events(id, std::nullopt);
    const auto earliest = events.empty() ? now : std::min(now, events.front().at);
    const auto first = static_cast<int>(utc_date(earliest).year());
    const auto last = static_cast<int>(utc_date(now).year()) + 1;
    std::vector<PlannedTouch> touches;
    for (int year = first; year <= last; ++year) {
        for (auto& touch : reader.touches(id, year)) touches.push_back(std::move(touch));
    }
    out.objects("touches", touches, [&](const PlannedTouch& touch) { write_planned(out, touch); });
    out.objects("touch_events", events, [&](const TouchEvent& event) {
        out.member("touch", event.touch);
        out.member("at", event.at);
        out.member("by", event.actor);
        out.member("kind", to_string(event.kind));
        if (event.kind == TouchEventKind::moved) out.member("due_on", to_string(event.due_on));
        out.member("reason", event.reason);
        out.member("text", event.text);
        if (!event.laid) return;
        out.key("laid");
        out.object([&] { write_planned(out, *event.laid); });
    });
}

void write_ledger(JsonWriter& out, Reader& reader, const std::string& id) {
    out.objects("ledger", whole_ledger(reader, id), [&](const LedgerEntry& entry) {
        out.member("id", entry.id);
        out.member("at", entry.at);
        out.member("direction", to_string(entry.direction));
        out.member("channel", entry.channel);
        out.member("kind", entry.kind);
        out.member("polarity", to_string(entry.polarity));
        out.member("text", entry.text);
        out.member("mention", entry.mention);
        out.member("ticket", entry.ticket);
        out.member("touch", entry.touch);
        out.member("case", entry.bad_experience);
        out.strings("about", entry.about);
        out.member("by", entry.actor);
    });
}

void write_mentions(JsonWriter& out, Reader& reader, const std::string& id, const Texts& texts) {
    out.key("mentions");
    out.array([&] {
        for (std::string after;;) {
            const auto page = reader.mentions_of_customer(id, after, kMentionsAtATime);
            for (const auto& stored : page) {
                out.object([&] {
                    out.member("id", stored.id);
                    out.member("stored_at", stored.stored_at);
                    out.key("mention");
                    out.raw(print_mention_json(stored.mention));
                    out.member("polarity", to_string(stored.verdict.sentiment.label));
                    out.strings("tags", stored.verdict.tags);
                    out.strings("reasons", in_words(stored.verdict.reasons, texts));
                    out.objects("before", reader.revisions_of(stored.id), [&](const MentionRevision& revision) {
                        out.member("title", revision.title);
                        out.member("text", revision.text);
                        out.member("replaced_at", revision.replaced_at);
                    });
                });
            }
            if (page.size() < kMentionsAtATime) return;
            after = page.back().id;
        }
    });
}

void write_tickets(JsonWriter& out, Reader& reader, const std::string& id, const Texts& texts) {
    out.objects("tickets", reader.tickets_of_customer(id, kTicketsExported), [&](const Ticket& ticket) {
        out.member("id", ticket.id);
        out.member("number", ticket.number);
        out.member("state", to_string(ticket.state));
        out.member("opened_at", ticket.opened_at);
        out.strings("reasons", in_words(ticket.reasons, texts));
        out.objects("events", reader.events_of(ticket.id), [&](const TicketEvent& event) {
            out.member("at", event.at);
            out.member("kind", to_string(event.kind));
            out.member("by", event.actor);
            out.member("text", words_of(event, texts));
        });
    });
}

void write_cases(JsonWriter& out, Reader& reader, const std::string& id) {
    out.objects("cases", reader.cases(id), [&](const BadExperience& each) {
        out.member("id", each.id);
        out.member("ticket", each.ticket);
        out.strings("about", each.about);
        out.member("opened_at", each.opened_at);
        out.member("posts", each.posts);
        out.member("resolved_at", each.resolved_at);
    });
    out.objects("case_events", reader.case_events(id), [&](const CaseEvent& event) {
        out.member("case", event.bad_experience);
        out.member("at", event.at);
        out.member("by", event.actor);
        out.member("kind", to_string(event.kind));
        out.member("mention", event.mention);
    });
}

void write_asked(JsonWriter& out, Reader& reader, const std::string& id) {
    out.objects("surveys", reader.surveys(id), [&](const Survey& survey) {
        out.member("id", survey.id);
        out.member("kind", to_string(survey.kind));
        out.member("sent_at", survey.sent_at);
        out.member("answered_at", survey.answered_at);
        out.member("score", survey.score);
        out.member("comment", survey.comment);
    });
    out.objects("proposals", reader.proposals(id, false), [&](const Proposal& proposal) {
        out.member("kind", to_string(proposal.kind));
        out.member("subject", proposal.subject);
        out.member("reason", proposal.reason);
        out.member("made_at", proposal.made_at);
        out.member("state", to_string(proposal.state));
        out.member("decided_at", proposal.decided_at);
    });
    out.objects("promises", reader.promise_events(id), [&](const PromiseEvent& event) {
        out.member("promise", event.promise);
        out.member("at", event.at);
        out.member("by", event.actor);
        out.member("kind", to_string(event.kind));
        out.member("due_at", event.due_at);
        out.member("text", event.text);
    });
}

void write_rest(JsonWriter& out, Reader& reader, const std::string& id) {
    out.objects("merges", reader.merges(id), [&](const Merge& merge) {
        out.member("at", merge.at);
        out.member("by", merge.actor);
        out.key("kept");
        write_customer_record(out, merge.kept);
        out.key("dropped");
        write_customer_record(out, merge.dropped);
        out.member("undone_at", merge.undone_at);
    });
    out.objects("messages", reader.outbox_of_customer(id), [&](const OutboxItem& item) {
        out.member("kind", item.kind);
        out.member("to", item.to);
        out.member("created_at", item.created_at);
        out.member("state", to_string(item.state));
        out.member("content", item.payload);
    });
}

}  // namespace

std::string everything_held_on(Reader& reader, const Customer& customer, const Texts& texts, Instant now) {
    JsonWriter out;
    reader.at_one_state([&] {
        out.object([&] {
            out.member("exported_at", now);
            out.key("record");
            write_customer_record(out, customer);
            write_plan(out, reader, customer.id, now);
            write_ledger(out, reader, customer.id);
            write_mentions(out, reader, customer.id, texts);
            write_tickets(out, reader, customer.id, texts);
            write_cases(out, reader, customer.id);
            write_asked(out, reader, customer.id);
            write_rest(out, reader, customer.id);
        });
    });
    return std::move(out).take();
}

}  // namespace rasid

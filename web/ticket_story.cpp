#include "web/ticket_story.hpp"

#include "core/limits.hpp"
#include "engagement/local_time.hpp"
#include "engagement/promises.hpp"
#include "escalation/ticket_history.hpp"
#include "web/customer_views.hpp"
#include "web/engagement_views.hpp"
#include "web/handling_views.hpp"
#include "web/history_view.hpp"
#include "web/reply_views.hpp"
#include "web/thread_view.hpp"

#include <algorithm>

namespace rasid {
namespace {

constexpr int kThread = 200;

/// Of the reply that waits or was published last.
std::optional<TicketStory::Suggestion> told_time(const TicketStory& story, const std::string& time_zone, Instant now) {
    const TicketEvent* reply = nullptr;
    for (const auto& event : story.events) {
        const bool ours = event.kind == TicketEventKind::replied && !event.text.empty();
        if (ours || (event.kind == TicketEventKind::reply_queued && event.id == story.facts.ticket.pending_reply))
            reply = &event;
    }
    if (!reply) return std::nullopt;
    const auto told = promised_time(reply->text, reply->at, time_zone);
    const bool written_down = std::ranges::any_of(story.promises, [&](const Promise& promise) {
        return promise.made_at >= reply->at || (told && promise.due_at == told->at);
    });
    if (!told || told->at <= now || written_down) return std::nullopt;
    return TicketStory::Suggestion{told->at, reply->text.substr(told->start, told->end - told->start)};
}

void write_promises(JsonWriter& out, const TicketStory& story, const Workspace& workspace, Instant now) {
    const auto& ticket = story.facts.ticket;
    out.list("promises", story.promises, [&](const Promise& promise) {
        write_promise(out, promise, {{ticket.id, ticket.number}}, workspace, now);
    });
    out.key("suggested_promise");
    if (!story.suggested_promise) return out.null();
    out.object([&] {
        out.member("due_at", story.suggested_promise->due_at);
        out.member("words", story.suggested_promise->words);
    });
}

void write_pending(JsonWriter& out, const TicketStory& story) {
    const auto& id = story.facts.ticket.pending_reply;
    const auto* event = find_event(story.events, id);
    if (id.empty() || !event) return out.null();
    out.object([&] {
        out.member("event", id);
        out.member("text", event->text);
        out.member("send_at", story.pending ? story.pending->not_before : event->at + limits::kReplyHold);
    });
}

void write_influence(JsonWriter& out, const Influence& influence, const Texts& texts) {
    out.key("influence");
    out.object([&] {
        out.member("score", influence.score);
        out.strings("reasons", in_words(influence.reasons, texts));
        out.objects("parts", influence.parts, [&](const InfluencePart& part) {
            out.member("name", part.name);
            out.member("points", part.points);
        });
    });
}

}  // namespace

TicketStory story_of(Reader& reader, Ticket ticket, const std::string& time_zone, Instant now) {
    TicketStory story;
    story.facts = facts_of(reader, std::move(ticket));
    if (story.facts.incident) story.incident = incident_story(reader, *story.facts.incident, now);
    story.thread = reader.mentions_of_ticket(story.facts.ticket.id, kThread);
    story.events = reader.events_of(story.facts.ticket.id);
    if (!story.facts.ticket.pending_reply.empty()) story.pending = reader.outbox_item(story.facts.ticket.pending_reply);
    const auto& author = story.facts.newest ? story.facts.newest->mention.author : story.facts.ticket.author;
    story.muted = reader.muted(story.facts.ticket.platform, author.handle);
    if (story.facts.customer) {
        story.today = local_date(now, time_zone);
        story.touches = reader.touches(story.facts.customer->id, static_cast<int>(story.today.year()));
        story.guard = reader.guard(story.facts.customer->id);
    }
    story.promises = fold_promises(reader.promise_events_of_ticket(story.facts.ticket.id), now);
    story.suggested_promise = told_time(story, time_zone, now);
    return story;
}

void write_story(JsonWriter& out, const TicketStory& story, const Workspace& workspace,
                 const std::vector<std::string>& can, const ReplyView& reply, Instant now) {
    static const Verdict kNothing;
    const auto& verdict = story.facts.newest ? story.facts.newest->verdict : kNothing;
    const Texts texts(reply.person.language);
    out.object([&] {
        write_row_members(out, story.facts, workspace, can, texts, now);
        out.key("incident");
        write_incident(out, story.facts.incident, texts, &story.incident);
        write_thread(out, story.thread, story.events, story.facts, workspace);
        auto reasons = verdict.reasons;
        reasons.insert(reasons.end(), story.facts.ticket.reasons.begin(), story.facts.ticket.reasons.end());
        out.strings("reasons", in_words(reasons, texts));
        write_influence(out, verdict.influence, texts);
        out.key("copies");
        write_copies(out, story.copies);
        write_history(out, story.events, story.facts.ticket.clocks, workspace, texts);
        write_handling(out, story.facts.ticket, workspace);
        out.objects("paused_by", story.facts.ticket.paused_by, [&](const PausedBy& pause) {
            out.key("person");
            write_who(out, pause.person, workspace);
            out.member("seconds", std::chrono::floor<std::chrono::seconds>(pause.total).count());
        });
        out.member("muted", story.muted);
        out.key("customer");
        if (story.facts.customer)
            write_customer_brief(out, *story.facts.customer, story.touches, story.guard, story.today);
        else
            out.null();
        out.key("pending_reply");
        write_pending(out, story);
        write_reply_members(out, story, reply, workspace);
        write_priority_sum(out, story, texts);
        write_promises(out, story, workspace, now);
    });
}

}  // namespace rasid

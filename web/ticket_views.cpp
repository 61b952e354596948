#include "web/ticket_views.hpp"

#include "core/limits.hpp"
#include "engagement/promises.hpp"
#include "escalation/business_time.hpp"
#include "escalation/ticket_fold.hpp"
#include "web/customer_views.hpp"
#include "web/engagement_views.hpp"
#include "web/handling_views.hpp"

#include <algorithm>
#include <set>

namespace rasid {
namespace {

constexpr std::size_t kSnippet = 280;
constexpr int kThread = 200;

void write_author(JsonWriter& out, const Author& author) {
    out.object([&] {
        out.member("name", author.name.empty() ? author.handle : author.name);
        out.member("handle", author.handle);
        out.member("followers", author.followers);
        out.member("verified", author.verified);
    });
}

std::int64_t whole_seconds(Duration duration) {
    return std::chrono::duration_cast<std::chrono::seconds>(duration).count();
}

void write_clock(JsonWriter& out, const Ticket& ticket, const TargetClock& clock, const Workspace& workspace,
                 Instant now) {
    const auto state = state_of(ticket, clock, workspace.policies, now);
    out.object([&] {
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
    });
}

void write_row_members(JsonWriter& out, const TicketFacts& facts, const Workspace& workspace,
                       const std::vector<std::string>& can, Instant now) {
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
    out.member("text", first_characters(speaks_for_itself ? ticket.reasons.front() : newest.mention.text, kSnippet));
    out.member("language", newest.verdict.language);
    out.key("sentiment");
    out.object([&] {
        out.member("label", to_string(newest.verdict.sentiment.label));
        out.member("score", newest.verdict.sentiment.score);
    });
    out.strings("tags", ticket.tags);
    out.strings("rules", newest.verdict.rules);
    out.text_or_null("url", newest.mention.url);
    out.member("created_at", ticket.opened_at);
    out.member("updated_at", ticket.updated_at);
    out.member("mentions", ticket.mentions);
    out.key("assignee");
    write_who(out, ticket.assignee, workspace);
    out.key("acknowledged_by");
    write_who(out, ticket.acknowledged_by, workspace);
    out.key("clocks");
    out.array([&] {
        for (const auto& clock : ticket.clocks) write_clock(out, ticket, clock, workspace, now);
    });
    out.strings("can", can);
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

void write_thread_mention(JsonWriter& out, const StoredMention& stored, const Workspace& workspace) {
    const auto& mention = stored.mention;
    const auto& verdict = stored.verdict;
    out.object([&] {
        out.member("id", stored.id);
        out.member("direction", mention.own ? "out" : "in");
        out.key("author");
        write_author(out, mention.author);
        out.member("platform", mention.key.platform);
        out.member("source", mention.source);
        out.member("text", mention.text);
        out.member("language", verdict.language);
        out.member("created_at", mention.created_at);
        out.member("edited_at", mention.edited_at);
        out.member("deleted", mention.deleted);
        out.text_or_null("url", mention.url);
        out.strings("rules", verdict.rules);
        out.key("hits");
        out.array([&] {
            for (const auto& hit : verdict.hits) {
                out.object([&] {
                    out.member("rule", hit.rule);
                    out.member("text", hit.text);
                    out.member("start", hit.start);
                    out.member("end", hit.end);
                });
            }
        });
        out.key("sentiment");
        out.object([&] {
            out.member("label", to_string(verdict.sentiment.label));
            out.member("score", verdict.sentiment.score);
            out.key("words");
            out.array([&] {
                for (const auto& word : verdict.sentiment.words) {
                    out.object([&] {
                        out.member("text", word.text);
                        out.member("weight", word.weight);
                    });
                }
            });
            out.member("unsure", verdict.sentiment.unsure);
            out.member("mixed", verdict.sentiment.mixed);
        });
        out.member("stars", mention.stars);
        out.key("corrected_by");
        write_who(out, verdict.corrected_by, workspace);
    });
}

/// A reply that Rasid published and that its platform has not (yet) shown back to us as a post of our own.
void write_thread_reply(JsonWriter& out, const TicketEvent& event, const TicketFacts& facts,
                        const Workspace& workspace) {
    const auto* person = workspace.person(event.actor);
    out.object([&] {
        out.member("id", event.id);
        out.member("direction", "out");
        out.key("author");
        write_author(out, Author{.handle = {}, .name = person ? person->name : std::string("Rasid")});
        out.member("platform", facts.newest ? facts.newest->mention.key.platform : facts.ticket.platform);
        out.member("source", facts.newest ? facts.newest->mention.source : facts.ticket.source);
        out.member("text", event.text);
        out.member("language", "und");
        out.member("created_at", event.at);
        out.key("edited_at");
        out.null();
        out.member("deleted", false);
        out.key("url");
        out.null();
        out.key("hits");
        out.array([] {});
        out.key("sentiment");
        out.object([&] {
            out.member("label", "neutral");
            out.member("score", 0.0);
            out.key("words");
            out.array([] {});
        });
        out.key("stars");
        out.null();
    });
}

void write_thread(JsonWriter& out, const TicketStory& story, const Workspace& workspace) {
    std::vector<const TicketEvent*> replies;
    for (const auto& event : story.events) {
        if (event.kind != TicketEventKind::replied || !event.mention.empty() || event.text.empty()) continue;
        const bool shown = std::any_of(story.thread.begin(), story.thread.end(), [&](const StoredMention& stored) {
            return stored.mention.own && stored.mention.text.find(event.text) != std::string::npos;
        });
        if (!shown) replies.push_back(&event);
    }
    auto reply = replies.begin();
    for (const auto& stored : story.thread) {
        for (; reply != replies.end() && (*reply)->at < stored.mention.created_at; ++reply) {
            write_thread_reply(out, **reply, story.facts, workspace);
        }
        write_thread_mention(out, stored, workspace);
    }
    for (; reply != replies.end(); ++reply) write_thread_reply(out, **reply, story.facts, workspace);
}

void write_event(JsonWriter& out, const TicketEvent& event, bool undone, const Workspace& workspace) {
    out.object([&] {
        out.member("id", event.id);
        out.member("at", event.at);
        out.member("kind", to_string(event.kind));
        out.key("by");
        write_who(out, event.actor, workspace);
        out.text_or_null("text", event.text);
        out.member("undone", undone);
        out.key("detail");
        out.object([&] {
            if (!event.mention.empty()) out.member("mention", event.mention);
            if (!event.person.empty()) {
                out.key("person");
                write_who(out, event.person, workspace);
            }
            if (!event.refers_to.empty()) out.member("refers_to", event.refers_to);
            if (event.target) out.member("target", to_string(*event.target));
            if (event.percent != 0) out.member("percent", event.percent);
            if (event.unacknowledged)
                out.member("unacknowledged_seconds",
                           std::chrono::floor<std::chrono::seconds>(*event.unacknowledged).count());
            if (event.priority) out.member("priority", to_string(*event.priority));
            if (event.status) out.member("status", to_string(*event.status));
            if (event.opening) out.member("rule", event.opening->rule);
            if (event.detail) write_detail(out, *event.detail);
        });
    });
}

void write_met(JsonWriter& out, const TargetClock& clock) {
    out.object([&] {
        out.member("id", "met/" + std::string(to_string(clock.target)) + "/" + std::to_string(clock.round));
        out.member("at", *clock.met_at);
        out.member("kind", "met");
        out.key("by");
        out.null();
        out.key("text");
        out.null();
        out.member("undone", false);
        out.key("detail");
        out.object([&] { out.member("target", to_string(clock.target)); });
    });
}

/// Every event, and after the one that met a target, that it was met: no event of its own, since events are what the
/// fold reads.
void write_history(JsonWriter& out, const TicketStory& story, const Workspace& workspace) {
    std::set<std::string_view> undone;
    for (const auto& event : story.events) {
        if (event.kind == TicketEventKind::undone) undone.insert(event.refers_to);
    }
    std::vector<const TargetClock*> met;
    for (const auto& clock : story.facts.ticket.clocks) {
        if (clock.met_at) met.push_back(&clock);
    }
    std::sort(met.begin(), met.end(),
              [](const auto* left, const auto* right) { return *left->met_at < *right->met_at; });
    auto next = met.begin();
    for (const auto& event : story.events) {
        for (; next != met.end() && *(*next)->met_at < event.at; ++next) write_met(out, **next);
        write_event(out, event, undone.contains(event.id), workspace);
    }
    for (; next != met.end(); ++next) write_met(out, **next);
}

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
    const bool written_down = std::any_of(story.promises.begin(), story.promises.end(), [&](const Promise& promise) {
        return promise.made_at >= reply->at || (told && promise.due_at == told->at);
    });
    if (!told || told->at <= now || written_down) return std::nullopt;
    return TicketStory::Suggestion{told->at, reply->text.substr(told->start, told->end - told->start)};
}

void write_promises(JsonWriter& out, const TicketStory& story, const Workspace& workspace, Instant now) {
    const auto& ticket = story.facts.ticket;
    out.key("promises");
    out.array([&] {
        for (const auto& promise : story.promises)
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
    const auto event =
        std::find_if(story.events.begin(), story.events.end(), [&](const TicketEvent& one) { return one.id == id; });
    if (id.empty() || event == story.events.end()) return out.null();
    out.object([&] {
        out.member("event", id);
        out.member("text", event->text);
        out.member("send_at", story.pending ? story.pending->not_before : event->at + limits::kReplyHold);
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
        story.touches = reader.touches(story.facts.customer->id, static_cast<int>(utc_date(now).year()));
        story.guard = reader.guard(story.facts.customer->id);
    }
    story.promises = fold_promises(reader.promise_events_of_ticket(story.facts.ticket.id), now);
    story.suggested_promise = told_time(story, time_zone, now);
    return story;
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

void write_row(JsonWriter& out, const TicketFacts& facts, const Workspace& workspace,
               const std::vector<std::string>& can, Instant now) {
    out.object([&] {
        write_row_members(out, facts, workspace, can, now);
        out.key("incident");
        write_incident(out, facts.incident);
        write_row_customer(out, facts);
    });
}

void write_story(JsonWriter& out, const TicketStory& story, const Workspace& workspace,
                 const std::vector<std::string>& can, Instant now) {
    static const Verdict kNothing;
    const auto& verdict = story.facts.newest ? story.facts.newest->verdict : kNothing;
    out.object([&] {
        write_row_members(out, story.facts, workspace, can, now);
        out.key("incident");
        write_incident(out, story.facts.incident, &story.incident);
        out.key("thread");
        out.array([&] { write_thread(out, story, workspace); });
        auto reasons = verdict.reasons;
        reasons.insert(reasons.end(), story.facts.ticket.reasons.begin(), story.facts.ticket.reasons.end());
        out.strings("reasons", reasons);
        out.key("influence");
        out.object([&] {
            out.member("score", verdict.influence.score);
            out.strings("reasons", verdict.influence.reasons);
            out.key("parts");
            out.array([&] {
                for (const auto& part : verdict.influence.parts) {
                    out.object([&] {
                        out.member("name", part.name);
                        out.member("points", part.points);
                    });
                }
            });
        });
        out.key("copies");
        write_copies(out, story.copies);
        out.key("history");
        out.array([&] { write_history(out, story, workspace); });
        write_handling(out, story.facts.ticket, workspace);
        out.objects("paused_by", story.facts.ticket.paused_by, [&](const PausedBy& pause) {
            out.key("person");
            write_who(out, pause.person, workspace);
            out.member("seconds", whole_seconds(pause.total));
        });
        out.member("muted", story.muted);
        out.key("customer");
        if (story.facts.customer)
            write_customer_brief(out, *story.facts.customer, story.touches, story.guard, now);
        else
            out.null();
        out.key("pending_reply");
        write_pending(out, story);
        write_promises(out, story, workspace, now);
    });
}

void write_counts(JsonWriter& out, const TicketCounts& counts) {
    out.object([&] {
        out.member("waiting", counts.waiting);
        out.member("late", counts.late);
        out.member("mine", counts.mine);
        out.member("unassigned", counts.unassigned);
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

std::string_view first_characters(std::string_view text, std::size_t count) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool starts = (static_cast<unsigned char>(text[i]) & 0xc0) != 0x80;
        if (starts && count-- == 0) return text.substr(0, i);
    }
    return text;
}

}  // namespace rasid

#include "web/thread_view.hpp"

#include <algorithm>
#include <vector>

namespace rasid {
namespace {

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
        out.objects("hits", verdict.hits, [&](const Hit& hit) {
            out.member("rule", hit.rule);
            out.member("text", hit.text);
            out.member("start", hit.start);
            out.member("end", hit.end);
        });
        out.key("sentiment");
        out.object([&] {
            out.member("label", to_string(verdict.sentiment.label));
            out.member("score", verdict.sentiment.score);
            out.objects("words", verdict.sentiment.words, [&](const SentimentWord& word) {
                out.member("text", word.text);
                out.member("weight", word.weight);
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

/// Replies that Rasid published and that their platform has not (yet) shown back to us.
std::vector<const TicketEvent*> replies_not_shown(std::span<const StoredMention> thread,
                                                  std::span<const TicketEvent> events) {
    std::vector<const TicketEvent*> replies;
    for (const auto& event : events) {
        if (event.kind != TicketEventKind::replied || !event.mention.empty() || event.text.empty()) continue;
        const bool shown = std::ranges::any_of(thread, [&](const StoredMention& stored) {
            return stored.mention.own && stored.mention.text.find(event.text) != std::string::npos;
        });
        if (!shown) replies.push_back(&event);
    }
    return replies;
}

}  // namespace

void write_thread(JsonWriter& out, std::span<const StoredMention> thread, std::span<const TicketEvent> events,
                  const TicketFacts& facts, const Workspace& workspace) {
    const auto replies = replies_not_shown(thread, events);
    auto reply = replies.begin();
    out.key("thread");
    out.array([&] {
        for (const auto& stored : thread) {
            for (; reply != replies.end() && (*reply)->at < stored.mention.created_at; ++reply)
                write_thread_reply(out, **reply, facts, workspace);
            write_thread_mention(out, stored, workspace);
        }
        for (; reply != replies.end(); ++reply) write_thread_reply(out, **reply, facts, workspace);
    });
}

}  // namespace rasid

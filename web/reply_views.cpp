#include "web/reply_views.hpp"

#include "core/mention_json.hpp"
#include "escalation/approval.hpp"
#include "escalation/ticket_history.hpp"

#include <algorithm>

namespace rasid {
namespace {

void write_form(JsonWriter& out, const ReplyForm& form, Visibility of_mention) {
    out.member("limit", form.limit);
    out.member("unit", to_string(form.unit));
    out.member("url_length", form.url_length);
    out.member("counts_remote_handles", form.counts_remote_handles);
    out.key("visibilities");
    out.array([&] {
        for (const auto each : form.visibilities) {
            if (narrower(each, of_mention) == each) out.value(to_string(each));
        }
    });
}

void write_proposed(JsonWriter& out, const TicketStory& story, const Workspace& workspace) {
    const auto& id = story.facts.ticket.proposed_reply;
    const auto* event = id.empty() ? nullptr : find_event(story.events, id);
    if (!event) return out.null();
    out.object([&] {
        out.member("event", event->id);
        out.member("text", event->text);
        out.key("by");
        write_who(out, event->actor, workspace);
        out.member("at", event->at);
        out.member("visibility", event->detail ? event->detail->visibility : std::string());
    });
}

const std::vector<PriorityPart>& newest_parts(const std::vector<TicketEvent>& events) {
    static const std::vector<PriorityPart> kNone;
    const std::vector<PriorityPart>* parts = &kNone;
    for (const auto& event : events) {
        if (event.opening && !event.opening->priority_parts.empty()) parts = &event.opening->priority_parts;
        if (event.detail && !event.detail->priority_parts.empty()) parts = &event.detail->priority_parts;
    }
    return *parts;
}

}  // namespace

void write_reply_members(JsonWriter& out, const TicketStory& story, const ReplyView& view, const Workspace& workspace) {
    out.key("reply_form");
    const auto visibility = story.facts.newest ? story.facts.newest->mention.visibility : Visibility::direct;
    out.object([&] { write_form(out, view.form, visibility); });
    out.member("needs_approval", needs_approval(workspace.policies, story.facts.ticket, view.person.id));
    out.key("proposed_reply");
    write_proposed(out, story, workspace);
}

void write_priority_sum(JsonWriter& out, const TicketStory& story, const Texts& texts) {
    const auto& parts = newest_parts(story.events);
    out.objects("priority_parts", parts, [&](const PriorityPart& part) {
        out.member("code", part.code);
        out.member("value", part.value);
        out.member("points", part.points);
    });
    const auto& reasons = story.facts.ticket.reasons;
    out.strings("priority_reasons", parts.empty() ? std::vector<std::string>() : in_words(reasons, texts));
}

}  // namespace rasid

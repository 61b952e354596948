#pragma once

#include "core/reply_form.hpp"
#include "web/ticket_story.hpp"

namespace rasid {

/// Who asks, and what a reply through the answering source may look like.
struct ReplyView {
    Person person = {};
    ReplyForm form = {};
};

/// `reply_form`, `needs_approval` and `proposed_reply` of docs/api.md.
void write_reply_members(JsonWriter& out, const TicketStory& story, const ReplyView& view, const Workspace& workspace);

/// `priority_parts` and `priority_reasons`: the sum that led to the priority, in codes and in words.
void write_priority_sum(JsonWriter& out, const TicketStory& story, const Texts& texts);

}  // namespace rasid

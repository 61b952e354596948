#pragma once

#include "web/copy_views.hpp"
#include "web/ticket_views.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rasid {

/// What the pane shows beside the row.
struct TicketStory {
    TicketFacts facts = {};
    std::vector<StoredMention> thread = {};  ///< oldest first
    std::vector<TicketEvent> events = {};
    std::optional<OutboxItem> pending = {};
    Date today = {};                         ///< where the workspace is
    std::vector<PlannedTouch> touches = {};  ///< of this year
    Guard guard = {};
    Copies copies = {};  ///< of the newest mention
    bool muted = false;  ///< the author
    IncidentStory incident = {};
    std::vector<Promise> promises = {};
    struct Suggestion {
        Instant due_at = {};
        std::string words = {};
    };
    std::optional<Suggestion> suggested_promise = {};  ///< a time that our last reply tells and nobody wrote down
};

/// `time_zone`: of the workspace, by which its day and times in our replies are read.
TicketStory story_of(Reader& reader, Ticket ticket, const std::string& time_zone, Instant now);

struct ReplyView;

/// ROW and what `GET /api/v1/tickets/{id}` adds, docs/api.md.
void write_story(JsonWriter& out, const TicketStory& story, const Workspace& workspace,
                 const std::vector<std::string>& can, const ReplyView& reply, Instant now);

}  // namespace rasid

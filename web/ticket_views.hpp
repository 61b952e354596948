#pragma once

#include "core/json.hpp"
#include "storage/reader.hpp"
#include "web/copy_views.hpp"
#include "web/incident_views.hpp"
#include "web/workspace.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace rasid {

/// What a row of the queue shows beside the ticket itself.
struct TicketFacts {
    Ticket ticket = {};
    std::optional<StoredMention> newest = {};  ///< inbound
    std::optional<Customer> customer = {};
    std::optional<IncidentFacts> incident = {};
};

/// What the pane shows beside the row.
struct TicketStory {
    TicketFacts facts = {};
    std::vector<StoredMention> thread = {};  ///< oldest first
    std::vector<TicketEvent> events = {};
    std::optional<OutboxItem> pending = {};
    std::vector<PlannedTouch> touches = {};
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

TicketFacts facts_of(Reader& reader, Ticket ticket);
/// `time_zone`: of the workspace, by which times in our replies are read.
TicketStory story_of(Reader& reader, Ticket ticket, const std::string& time_zone, Instant now);

/// Where an answer would go: the source of the newest inbound mention, if that can be answered at all.
std::string answering_source(const TicketFacts& facts);

/// Tells what a source's Publisher can do; see WebHooks::actions_of.
using ActionsOf = std::function<std::vector<std::string>(const std::string& source)>;
std::vector<std::string> possible_actions(const TicketFacts& facts, const ActionsOf& actions_of);

/// ROW of docs/api.md.
void write_row(JsonWriter& out, const TicketFacts& facts, const Workspace& workspace,
               const std::vector<std::string>& can, Instant now);
/// ROW and what `GET /api/v1/tickets/{id}` adds.
void write_story(JsonWriter& out, const TicketStory& story, const Workspace& workspace,
                 const std::vector<std::string>& can, Instant now);

void write_counts(JsonWriter& out, const TicketCounts& counts);

/// {"id","name"} of a person, or null.
void write_who(JsonWriter& out, std::string_view person, const Workspace& workspace);

/// The first characters of a text, never half a character.
std::string_view first_characters(std::string_view text, std::size_t count);

}  // namespace rasid

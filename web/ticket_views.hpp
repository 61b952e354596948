#pragma once

#include "core/json.hpp"
#include "core/reply_form.hpp"
#include "core/texts.hpp"
#include "storage/reader.hpp"
#include "web/incident_views.hpp"
#include "web/workspace.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace rasid {

inline constexpr std::size_t kSnippet = 280;  ///< characters of a mention that stand in a list

/// What a row of the queue shows beside the ticket itself.
struct TicketFacts {
    Ticket ticket = {};
    std::optional<StoredMention> newest = {};  ///< inbound
    std::optional<Customer> customer = {};
    std::optional<IncidentFacts> incident = {};
};

TicketFacts facts_of(Reader& reader, Ticket ticket);

/// Where an answer would go: the source of the newest inbound mention, if that can be answered at all.
std::string answering_source(const TicketFacts& facts);

/// Tells what a source's Publisher can do; see WebHooks::actions_of.
using ActionsOf = std::function<std::vector<std::string>(const std::string& source)>;
std::vector<std::string> possible_actions(const TicketFacts& facts, const ActionsOf& actions_of);

/// What a reply to the newest mention may look like; see WebHooks::reply_form_of.
using ReplyFormOf = std::function<ReplyForm(const std::string& source, const std::string& platform)>;
ReplyForm reply_form(const TicketFacts& facts, const ReplyFormOf& form_of);

/// ROW of docs/api.md, in the language of whoever reads it.
void write_row(JsonWriter& out, const TicketFacts& facts, const Workspace& workspace,
               const std::vector<std::string>& can, const Texts& texts, Instant now);
/// Its members but for incident and customer, which not every answer shows alike.
void write_row_members(JsonWriter& out, const TicketFacts& facts, const Workspace& workspace,
                       const std::vector<std::string>& can, const Texts& texts, Instant now);

void write_counts(JsonWriter& out, const TicketCounts& counts);

/// {"id","name"} of a person, or null.
void write_who(JsonWriter& out, std::string_view person, const Workspace& workspace);

void write_author(JsonWriter& out, const Author& author);

}  // namespace rasid

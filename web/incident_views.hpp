#pragma once

#include "core/json.hpp"
#include "core/texts.hpp"
#include "storage/reader.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace rasid {

/// What a ticket's row shows of its incident.
struct IncidentFacts {
    std::string id = {};  ///< of the incident's own ticket
    std::int64_t number = 0;
    bool leads = false;  ///< this is that ticket
    bool runs = false;
    bool folded = false;  ///< stands below that ticket, not in lists of its own
    // Of that ticket alone:
    std::int64_t members = 0;
    std::vector<IncidentRise> rises = {};  ///< the one found first leads
};
std::optional<IncidentFacts> incident_of(Reader& reader, const Ticket& ticket);

/// What the pane of an incident's own ticket shows beside it.
struct IncidentStory {
    std::vector<SeriesHour> hours = {};                          ///< without gaps
    std::vector<std::pair<StoredMention, Ticket>> members = {};  ///< the first ones, each with what opened it
};
IncidentStory incident_story(Reader& reader, const IncidentFacts& facts, Instant now);

/// The members of an open object: what rose.
void write_rise(JsonWriter& out, const IncidentRise& rise, const Texts& texts);

/// INCIDENT of docs/api.md, null where there is none; with `story` also what that holds.
void write_incident(JsonWriter& out, const std::optional<IncidentFacts>& facts, const Texts& texts,
                    const IncidentStory* story = nullptr);

}  // namespace rasid

#pragma once

#include "core/json.hpp"
#include "escalation/channel_speed.hpp"
#include "escalation/pause_report.hpp"
#include "storage/reader.hpp"

namespace rasid {

/// How fast people were answered whose tickets were opened in [from, to): of tickets that promised a first response and
/// got one. A ticket whose mention was forgotten meanwhile counts as not negative.
MeasuredSpeed measured_speed(Reader& reader, const Setup& setup, Instant from, Instant to);

/// {"classes":[…],"warnings":[…],"promised":[…]} of docs/api.md.
void write_speed(JsonWriter& out, const MeasuredSpeed& speed, const Setup& setup);

/// Who paused tickets that were opened in [from, to), and for how long.
std::vector<PersonPauses> pauses_between(Reader& reader, Instant from, Instant to);

/// {"people":[…]} of docs/api.md.
void write_pauses(JsonWriter& out, const std::vector<PersonPauses>& pauses, const Setup& setup);

}  // namespace rasid

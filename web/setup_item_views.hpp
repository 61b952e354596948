#pragma once

#include "core/json.hpp"
#include "core/setup.hpp"

namespace rasid {

// The members of one item of a setup, named as in the TOML; of a person with the id, and with what is nobody else's
// business only when `with_emails`.

void write_setup_item(JsonWriter& out, const Calendar& item, bool with_emails);
void write_setup_item(JsonWriter& out, const Person& item, bool with_emails);
void write_setup_item(JsonWriter& out, const Rota& item, bool with_emails);
void write_setup_item(JsonWriter& out, const Ladder& item, bool with_emails);
void write_setup_item(JsonWriter& out, const TargetRule& item, bool with_emails);
void write_setup_item(JsonWriter& out, const Queue& item, bool with_emails);
void write_setup_item(JsonWriter& out, const Rule& item, bool with_emails);
void write_setup_item(JsonWriter& out, const Guideline& item, bool with_emails);
void write_setup_item(JsonWriter& out, const ConductRule& item, bool with_emails);
void write_setup_item(JsonWriter& out, const PlanTemplate& item, bool with_emails);
void write_setup_item(JsonWriter& out, const CannedReply& item, bool with_emails);

}  // namespace rasid

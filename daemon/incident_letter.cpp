#include "daemon/incident_letter.hpp"

#include "core/texts.hpp"

#include <cmath>

namespace rasid {
namespace {

constexpr int kExamples = 3;

std::string one_decimal(double value) {
    const auto tenths = std::llround(value * 10);
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

}  // namespace

Mention incident_in_words(Reader& reader, const Ticket& ticket, std::string_view language) {
    const Texts t(language);
    Mention mention;
    mention.key.platform = ticket.platform;
    mention.author = ticket.author;
    mention.created_at = ticket.opened_at;
    const auto rises = reader.rises_of(ticket.id);
    if (rises.empty()) return mention;
    const auto& incident = rises.front().incident;
    mention.text = t("mail.incident." + std::string(to_string(incident.kind)),
                     {{"found", std::int64_t{incident.found_with}}, {"expected", one_decimal(incident.expected)}});
    const auto members = reader.tickets_of_incident(ticket.id, "", kExamples);
    if (!members.empty())
        mention.text += "\n" + t("mail.incident.examples", {{"count", reader.incident_size(ticket.id)}});
    for (const auto& member : members) {
        if (const auto first = reader.mention_by_id(member.first_mention)) mention.text += "\n• " + first->mention.text;
    }
    return mention;
}

}  // namespace rasid

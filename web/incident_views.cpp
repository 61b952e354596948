#include "web/incident_views.hpp"

#include "web/copy_views.hpp"

#include <algorithm>
#include <cmath>

namespace rasid {
namespace {

constexpr int kMembersShown = 50;
constexpr std::chrono::hours kHoursBefore{24};
constexpr std::chrono::hours kHoursShown{72};

Instant hour_of(Instant at) { return std::chrono::floor<std::chrono::hours>(at); }

}  // namespace

std::optional<IncidentFacts> incident_of(Reader& reader, const Ticket& ticket) {
    if (ticket.incident.empty()) return std::nullopt;
    IncidentFacts facts{.id = ticket.incident, .leads = ticket.leads_incident(), .runs = ticket.incident_runs};
    if (facts.leads) {
        facts.number = ticket.number;
        facts.members = reader.incident_size(ticket.id);
        facts.rises = reader.rises_of(ticket.id);
    } else if (const auto parent = reader.ticket(ticket.incident)) {
        facts.number = parent->number;
        facts.folded = ticket.state == TicketState::open && parent->state == TicketState::open;
    }
    return facts;
}

IncidentStory incident_story(Reader& reader, const IncidentFacts& facts, Instant now) {
    IncidentStory story;
    if (facts.rises.empty()) return story;
    const auto& [ticket, series, incident] = facts.rises.front();
    const auto from = hour_of(incident.began_at) - kHoursBefore;
    const auto to = std::min(hour_of(incident.ended_at.value_or(now)) + std::chrono::hours(2), from + kHoursShown);
    const auto heard = reader.hours_of(series, from, to);
    auto next = heard.begin();
    for (auto hour = from; hour < to && hour <= now; hour += std::chrono::hours(1)) {
        SeriesHour shown{series, hour, {}};
        if (next != heard.end() && next->hour == hour) shown.count = (next++)->count;
        story.hours.push_back(std::move(shown));
    }
    for (auto& member : reader.tickets_of_incident(ticket, "", kMembersShown)) {
        if (auto mention = reader.mention_by_id(member.first_mention))
            story.members.emplace_back(std::move(*mention), std::move(member));
    }
    return story;
}

void write_rise(JsonWriter& out, const IncidentRise& rise, const Texts& texts) {
    const auto& incident = rise.incident;
    out.member("brand", rise.series.brand);
    out.member("series", to_string(rise.series));
    out.member("kind", to_string(incident.kind));
    out.member("began_at", incident.began_at);
    out.member("found_at", incident.found_at);
    out.member("ended_at", incident.ended_at);
    out.member("expected", std::round(incident.expected * 10) / 10);
    out.member("found", incident.found_with);
    out.member("peak", incident.peak);
    out.member("mentions", incident.members);
    out.member("reason", in_words(incident.reason, texts));
}

void write_incident(JsonWriter& out, const std::optional<IncidentFacts>& facts, const Texts& texts,
                    const IncidentStory* story) {
    if (!facts) return out.null();
    out.object([&] {
        out.member("id", facts->id);
        out.member("number", facts->number);
        out.member("leads", facts->leads);
        out.member("runs", facts->runs);
        out.member("folded", facts->folded);
        if (!facts->leads) return;
        out.member("members", facts->members);
        if (facts->rises.empty()) return;
        write_rise(out, facts->rises.front(), texts);
        std::vector<std::string> also;
        for (const auto& rise : facts->rises) also.push_back(to_string(rise.series));
        also.erase(also.begin());
        out.strings("also", also);
        if (!story) return;
        out.objects("hours", story->hours, [&](const SeriesHour& hour) {
            out.member("at", hour.hour);
            out.member("total", hour.count.total);
            out.member("negative", hour.count.negative);
        });
        out.objects("tickets", story->members, [&](const auto& member) {
            write_mention_line(out, member.first, member.second.number);
            out.member("state", to_string(member.second.state));
        });
    });
}

}  // namespace rasid

#include "daemon/incident_story.hpp"

#include "daemon/story.hpp"
#include "escalation/incident_series.hpp"
#include "escalation/spike_watch.hpp"

#include <algorithm>
#include <map>
#include <vector>

namespace rasid {
namespace {

constexpr std::chrono::hours kReadAtOnce{1};
constexpr int kMostOfHour = 100000;

using HeardOfSeries = std::map<Series, std::vector<HeardMention>>;

HeardOfSeries heard_since(Reader& reader, const Setup& setup, const std::optional<Series>& only, Instant since,
                          Instant now) {
    const auto routes = rule_routes_of(setup);
    HeardOfSeries heard;
    for (Instant from = since; from < now; from += kReadAtOnce) {
        const auto to = std::min(from + kReadAtOnce, now);
        for (const auto& stored : reader.mentions_stored(from, to, kMostOfHour)) {
            const HeardMention mention{std::min(stored.mention.created_at, stored.stored_at),
                                       stored.verdict.sentiment.label == Polarity::negative};
            for (auto& series : series_of(stored.verdict, stored.mention.source, routes)) {
                if (!only || (only->kind == series.kind && only->name == series.name))
                    heard[std::move(series)].push_back(mention);
            }
        }
    }
    return heard;
}

std::string name_of(const Series& series) {
    return to_string(series) + (series.brand.empty() ? "" : " (" + series.brand + ")");
}

}  // namespace

std::string backtest_story(Reader& reader, const Setup& setup, const std::optional<Series>& only, Instant since,
                           Instant now) {
    Story story;
    std::size_t found = 0;
    const auto heard = heard_since(reader, setup, only, since, now);
    for (const auto& [series, mentions] : heard) {
        const auto incidents = backtest(mentions, setup.incidents);
        found += incidents.size();
        story.line(name_of(series) + ": " + std::to_string(mentions.size()) + " mentions");
        story.inside(print_backtest(incidents));
    }
    if (heard.empty()) story.line("nothing was heard since " + to_rfc3339(since));
    story.line(std::to_string(found) + (found == 1 ? " rise in " : " rises in ") + std::to_string(heard.size()) +
               " series since " + to_rfc3339(since) + "; those of the same mentions would have been one incident");
    return std::move(story).take();
}

std::string incidents_story(Reader& reader, int limit) {
    Story story;
    for (const auto& id : reader.incidents({}, false, "", limit)) {
        const auto ticket = reader.ticket(id);
        if (!ticket) continue;
        story.line("#" + std::to_string(ticket->number) + " " + std::string(to_string(ticket->state)) + ", queue " +
                   ticket->queue + ", " + std::to_string(reader.incident_size(id)) + " tickets below it");
        for (const auto& rise : reader.rises_of(id)) {
            const Incident& incident = rise.incident;
            story.inside(name_of(rise.series) + ": " + print_backtest({&incident, 1}));
        }
    }
    auto told = std::move(story).take();
    return told.empty() ? "no incident\n" : told;
}

}  // namespace rasid

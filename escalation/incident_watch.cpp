#include "escalation/incident_watch.hpp"

#include <algorithm>
#include <utility>

namespace rasid {
namespace {

constexpr std::chrono::hours kRecent{1};

bool counts_in(const WatchedMention& mention, const Series& series) {
    return std::ranges::find(mention.series, series) != mention.series.end();
}

}  // namespace

IncidentWatch::IncidentWatch(IncidentSettings settings) : settings_(settings) {}

IncidentWatch::Watched* IncidentWatch::find_or_add(const Series& series) {
    const auto found = watched_.find(series);
    if (found != watched_.end()) return &found->second;
    if (watched_.size() >= kMostSeries) return nullptr;
    return &watched_.emplace(series, Watched{SpikeWatch(settings_)}).first->second;
}

void IncidentWatch::resume(std::vector<KnownSeries> known, std::vector<WatchedMention> past_hour) {
    std::map<Series, std::vector<HeardMention>> heard;
    for (const auto& mention : past_hour) {
        for (const auto& series : mention.series) heard[series].push_back({mention.at, mention.negative});
        if (!mention.incident.empty()) add_group(mention.group, mention.incident);
    }
    for (auto& [series, history, last] : known) {
        if (watched_.size() >= kMostSeries) break;
        Watched watched{SpikeWatch(settings_, std::move(history)), last ? last->ticket : std::string()};
        watched.watch.resume(heard[series], last ? std::optional(last->incident) : std::nullopt);
        watched_.insert_or_assign(series, std::move(watched));
    }
    recent_.assign(std::make_move_iterator(past_hour.begin()), std::make_move_iterator(past_hour.end()));
}

std::vector<SeriesTurn> IncidentWatch::hear(WatchedMention mention) {
    std::vector<SeriesTurn> turns;
    for (const auto& series : mention.series) {
        Watched* watched = find_or_add(series);
        if (!watched) continue;
        auto turn = watched->watch.hear(mention.at, mention.negative);
        if (!turn) continue;
        const bool began = turn->what == IncidentTurn::What::began;
        if (began) watched->incident.clear();
        (turn->what == IncidentTurn::What::ended ? ended_ : turns)
            .push_back({series, std::move(*turn), watched->incident});
    }
    mention.incident = incident_of(mention);
    if (!mention.incident.empty()) add_group(mention.group, mention.incident);
    while (!recent_.empty() && (recent_.front().at <= mention.at - kRecent || recent_.size() >= kMostRecent))
        recent_.pop_front();
    recent_.push_back(std::move(mention));
    return turns;
}

std::vector<SeriesTurn> IncidentWatch::tick(Instant now) {
    auto turns = std::exchange(ended_, {});
    for (auto& [series, watched] : watched_) {
        auto turn = watched.watch.tick(now);
        if (turn) turns.push_back({series, std::move(*turn), watched.incident});
    }
    if (!turns.empty()) forget_copies();
    return turns;
}

void IncidentWatch::forget_copies() {
    std::erase_if(groups_, [&](const auto& group) { return !runs(group.second); });
}

std::string IncidentWatch::incident_of(const WatchedMention& mention) const {
    for (const auto& series : mention.series) {
        const auto found = watched_.find(series);
        if (found != watched_.end() && found->second.watch.running() && !found->second.incident.empty())
            return found->second.incident;
    }
    const auto copied = groups_.find(mention.group);
    return copied == groups_.end() ? std::string() : copied->second;
}

std::string IncidentWatch::incident_like(const Series& series, Instant since) const {
    std::map<std::string_view, std::size_t> parts;
    for (const auto& [other, watched] : watched_) {
        if (watched.watch.running() && !watched.incident.empty()) parts[watched.incident] = 0;
    }
    std::size_t all = 0;
    for (const auto& mention : recent_) {
        if (mention.at < since || !counts_in(mention, series)) continue;
        ++all;
        if (const auto part = parts.find(mention.incident); part != parts.end()) ++part->second;
    }
    for (const auto& [incident, count] : parts) {
        if (count > 0 && count * 2 >= all) return std::string(incident);
    }
    return {};
}

std::vector<WatchedMention> IncidentWatch::join(const Series& series, Instant since, const std::string& incident) {
    std::vector<WatchedMention> brought;
    const auto found = watched_.find(series);
    if (found == watched_.end()) return brought;
    const auto before = std::exchange(found->second.incident, incident);
    for (auto& mention : recent_) {
        const bool taken = mention.incident == incident || (!mention.incident.empty() && mention.incident != before);
        if (taken || mention.at < since || !counts_in(mention, series)) continue;
        mention.incident = incident;
        add_group(mention.group, incident);
        brought.push_back(mention);
    }
    return brought;
}

void IncidentWatch::last_is_in(const std::string& ticket) {
    if (!recent_.empty()) recent_.back().ticket = ticket;
}

std::vector<IncidentRise> IncidentWatch::running(std::span<const Series> series) const {
    std::vector<IncidentRise> rises;
    for (const auto& one : series) {
        const auto found = watched_.find(one);
        if (found == watched_.end() || found->second.incident.empty()) continue;
        if (const auto& incident = found->second.watch.running())
            rises.push_back({found->second.incident, one, *incident});
    }
    return rises;
}

bool IncidentWatch::runs(std::string_view incident) const {
    return std::ranges::any_of(
        watched_, [&](const auto& entry) { return entry.second.incident == incident && entry.second.watch.running(); });
}

}  // namespace rasid

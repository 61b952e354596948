#include "daemon/incident_desk.hpp"

#include "escalation/incident_tickets.hpp"

#include <algorithm>
#include <utility>

namespace rasid {
namespace {

using Hour = HourHistory::Hour;

constexpr std::chrono::weeks kHoursKept{9};
constexpr int kMembersAtOnce = 500;
constexpr int kMostGroups = 5000;  // members of a running incident whose copies are recognised after a restart

Hour hour_of(Instant at) { return std::chrono::floor<std::chrono::hours>(at); }

std::vector<KnownSeries> known_series(Reader& reader, const IncidentSettings& settings, Instant now) {
    std::map<Series, IncidentRise> last;
    for (auto& rise : reader.rises_since(now - settings.again)) last.insert_or_assign(rise.series, rise);
    std::vector<KnownSeries> known;
    std::deque<HourCount> counts;
    Hour first;
    const auto finish = [&] {
        if (!known.empty()) known.back().history = HourHistory(first, std::exchange(counts, {}));
    };
    for (auto& [series, at, count] : reader.series_hours(hour_of(now) - kHoursKept)) {
        const auto hour = hour_of(at);
        if (known.empty() || known.back().series != series) {
            finish();
            first = hour;
            const auto rise = last.find(series);
            known.push_back({series, {}, rise == last.end() ? std::nullopt : std::optional(rise->second)});
        }
        const auto place = static_cast<std::size_t>((hour - first).count());
        if (counts.size() <= place) counts.resize(place + 1);
        counts[place].total += count.total;
        counts[place].negative += count.negative;
    }
    finish();
    return known;
}

WatchedMention watched(const StoredMention& stored, const IncidentRules& rules) {
    return {.id = stored.id,
            .group = stored.copy_of.empty() ? stored.id : stored.copy_of,
            .at = std::min(stored.mention.created_at, stored.stored_at),
            .negative = stored.verdict.sentiment.label == Polarity::negative,
            .series = series_of(stored.verdict, stored.mention.source, rules.routes),
            .ticket = stored.ticket};
}

std::vector<WatchedMention> past_hour(Reader& reader, const IncidentRules& rules, Instant now) {
    std::vector<WatchedMention> heard;
    for (const auto& stored : reader.mentions_stored(now - std::chrono::hours(1), now + Duration(1),
                                                     static_cast<int>(IncidentWatch::kMostRecent))) {
        auto mention = watched(stored, rules);
        if (mention.series.empty() || reader.muted(stored.mention.key.platform, stored.mention.author.handle)) continue;
        const auto ticket = mention.ticket.empty() ? std::nullopt : reader.ticket(mention.ticket);
        if (ticket && ticket->incident_runs) mention.incident = ticket->incident;
        heard.push_back(std::move(mention));
    }
    std::ranges::stable_sort(heard, {}, &WatchedMention::at);
    return heard;
}

void remember_copies(IncidentWatch& watch, Reader& reader, const std::vector<KnownSeries>& known) {
    std::set<std::string> incidents;
    for (const auto& series : known) {
        if (series.last && !series.last->incident.ended_at) incidents.insert(series.last->ticket);
    }
    for (const auto& incident : incidents) {
        for (const auto& member : reader.tickets_of_incident(incident, "", kMostGroups)) {
            const auto first = reader.mention_by_id(member.first_mention);
            if (first) watch.add_group(first->copy_of.empty() ? first->id : first->copy_of, incident);
        }
    }
}

}  // namespace

IncidentRules incident_rules_of(const Setup& setup) { return {setup.incidents, rule_routes_of(setup)}; }

IncidentWatch& IncidentDesk::watch(Reader& reader, const IncidentRules& rules, Instant now) {
    if (watch_ && watch_->settings() == rules.settings) return *watch_;
    watch_.emplace(rules.settings);
    auto known = known_series(reader, rules.settings, now);
    remember_copies(*watch_, reader, known);
    watch_->resume(std::move(known), past_hour(reader, rules, now));
    return *watch_;
}

bool PageIncidents::hear(const StoredMention& stored) {
    auto mention = watched(stored, rules_);
    if (mention.series.empty()) return false;
    count(mention);
    if (!rules_.settings.enabled) return false;
    for (const auto& turn : watch_.hear(std::move(mention))) take(turn, stored.verdict);
    return !watch_.incident_of_last().empty();
}

void PageIncidents::count(const WatchedMention& mention) {
    if (mention.at < now_ - kHoursKept) return;
    for (const auto& series : mention.series) {
        auto& hour = hours_[{series, hour_of(mention.at)}];
        ++hour.total;
        hour.negative += mention.negative ? 1 : 0;
        heard_.insert(series);
    }
}

/// False: its ticket is closed, so that what flares up is told as something new.
bool PageIncidents::resume(const std::string& incident) {
    const auto ticket = incident.empty() ? std::nullopt : desk_.ticket(incident);
    if (!ticket || ticket->state != TicketState::open) return false;
    if (auto change = resume_incident(policies_, *ticket, desk_.history(*ticket), random_, now_))
        desk_.change(std::move(*change));
    return true;
}

void PageIncidents::take(const SeriesTurn& turn, const Verdict& verdict) {
    const bool began = turn.turn.what == IncidentTurn::What::began;
    const auto since = began ? turn.turn.incident.began_at : now_ - std::chrono::hours(1);
    auto incident = turn.incident;
    if (began || !resume(incident)) incident = watch_.incident_like(turn.series, since);
    if (incident.empty()) {
        const auto route = route_of(turn.series, verdict, rules_.routes);
        auto change = open_incident(policies_, turn.series, turn.turn.incident, route, random_, now_);
        incident = change.after.id;
        desk_.change(std::move(change));
    }
    for (const auto& mention : watch_.join(turn.series, since, incident)) group(mention.ticket, incident);
}

void PageIncidents::group(const std::string& ticket, const std::string& incident) {
    const auto member = ticket.empty() ? std::nullopt : desk_.ticket(ticket);
    const auto parent = member ? desk_.ticket(incident) : std::nullopt;
    if (!parent) return;
    const auto rule = rules_.routes.find(member->rule);
    const auto of_rule = rule == rules_.routes.end() ? Priority::normal : rule->second.priority;
    if (auto change = group_ticket(policies_, *member, of_rule, desk_.history(*member), *parent, random_, now_))
        desk_.change(std::move(*change));
}

void PageIncidents::opened(const std::string& ticket) {
    if (!rules_.settings.enabled) return;
    watch_.last_is_in(ticket);
    if (const std::string incident(watch_.incident_of_last()); !incident.empty()) group(ticket, incident);
}

std::vector<SeriesHour> PageIncidents::hours() const {
    std::vector<SeriesHour> hours;
    for (const auto& [key, count] : hours_) hours.push_back({key.first, key.second, count});
    return hours;
}

std::vector<IncidentRise> PageIncidents::rises() const {
    return watch_.running(std::vector<Series>(heard_.begin(), heard_.end()));
}

IncidentNews tick_incidents(Store& store, IncidentDesk& desk, const IncidentRules& rules, const Policies& policies,
                            Random& random, Instant now) {
    IncidentNews news;
    std::set<std::string> over;
    auto& watch = desk.watch(store, rules, now);
    for (const auto& [series, turn, incident] : watch.tick(now)) {
        if (turn.learns_anew) store.restart_series(series, hour_of(now));
        if (incident.empty()) continue;
        news.rises.push_back({incident, series, turn.incident});
        if (!watch.runs(incident)) over.insert(incident);
    }
    store.put_rises(news.rises);
    const auto end = [&](const Ticket& ticket) {
        if (const auto change = end_incident(policies, ticket, store.events_of(ticket.id), random, now))
            news.tickets.push_back(store.apply(*change, {}, {}));
    };
    for (const auto& incident : over) {
        if (const auto ticket = store.ticket(incident)) end(*ticket);
        std::vector<Ticket> members;
        do {
            const auto after = members.empty() ? std::string() : members.back().id;
            members = store.tickets_of_incident(incident, after, kMembersAtOnce);
            for (const auto& member : members) end(member);
        } while (!members.empty());
    }
    return news;
}

}  // namespace rasid

#pragma once

#include "escalation/spike_watch.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// A mention as incidents see it.
struct WatchedMention {
    std::string id = {};
    std::string group = {};  ///< id of the first mention with this text
    Instant at = {};
    bool negative = false;
    std::vector<Series> series = {};  ///< that it counts in, the most telling first
    std::string ticket = {};          ///< that it opened or joined; empty: none
    std::string incident = {};        ///< that it is part of; empty: none
};

/// A series as it was left.
struct KnownSeries {
    Series series = {};
    HourHistory history = {};
    std::optional<IncidentRise> last = {};  ///< that runs or was the last to end
};

struct SeriesTurn {
    Series series = {};
    IncidentTurn turn = {};
    std::string incident = {};  ///< ticket of the incident; of a rise that began: empty until `join`
};

/// Watches every series, and knows which rises are of the same mentions: those are one incident.
class IncidentWatch {
public:
    static constexpr std::size_t kMostSeries = 4000;  ///< those heard first; others are not watched
    static constexpr std::size_t kMostRecent = 20000;

    /// `enabled` is for whoever hears: a watch that hears nothing finds nothing, and ends what runs.
    explicit IncidentWatch(IncidentSettings settings = {});

    /// Goes on where another left off; `past_hour` in order of time.
    void resume(std::vector<KnownSeries> known, std::vector<WatchedMention> past_hour);

    /// A mention; rises that it makes begin or resume. Those that it ends are told by the next tick.
    std::vector<SeriesTurn> hear(WatchedMention mention);

    /// Time alone.
    std::vector<SeriesTurn> tick(Instant now);

    /// The incident that half of the mentions of a rise, heard since then, are part of already; empty: there is none.
    std::string incident_like(const Series& series, Instant since) const;

    /// A rise is part of that incident. Returns what it brings: its mentions since then that were part of none, or of
    /// the one that it was part of before.
    std::vector<WatchedMention> join(const Series& series, Instant since, const std::string& incident);

    /// The running incident that the mention heard last is part of, by its series or as a copy; empty: none.
    std::string_view incident_of_last() const { return recent_.empty() ? std::string_view() : recent_.back().incident; }
    /// The ticket of the mention heard last.
    void last_is_in(const std::string& ticket);

    /// Copies of this text are part of a running incident.
    void add_group(const std::string& group, const std::string& incident) { groups_[group] = incident; }

    /// Rises that run, of these series.
    std::vector<IncidentRise> running(std::span<const Series> series) const;
    bool runs(std::string_view incident) const;

    const IncidentSettings& settings() const { return settings_; }

private:
    struct Watched {
        SpikeWatch watch;
        std::string incident = {};  ///< of the rise that runs or was the last to end
    };

    Watched* find_or_add(const Series& series);
    std::string incident_of(const WatchedMention& mention) const;
    void forget_copies();

    IncidentSettings settings_;
    std::map<Series, Watched> watched_ = {};
    std::deque<WatchedMention> recent_ = {};          ///< the past hour
    std::map<std::string, std::string> groups_ = {};  ///< of running incidents' mentions → incident
    std::vector<SeriesTurn> ended_ = {};              ///< to be told by the next tick
};

}  // namespace rasid

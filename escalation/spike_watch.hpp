#pragma once

#include "core/incident_settings.hpp"
#include "escalation/hour_history.hpp"

#include <deque>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rasid {

struct IncidentTurn {
    enum class What {
        began,    ///< escalate: once
        resumed,  ///< within `again` of its end: the same incident, nobody is told twice
        ended,
    };
    What what = What::began;
    Incident incident = {};
    bool learns_anew = false;  ///< ended as the new usual: the history begins with this hour
};

struct HeardMention {
    Instant at = {};
    bool negative = false;
};

/// Watches one series. A state machine over what it is told; of the time it knows only that.
class SpikeWatch {
public:
    explicit SpikeWatch(IncidentSettings settings = {}, HourHistory history = {});

    /// Goes on where another watch left off: what that one heard within its last hour (`history` counts it already), in
    /// order of time, and the incident that runs or was the last to end.
    void resume(std::span<const HeardMention> past_hour, std::optional<Incident> last);

    /// A mention, at its time or when it was heard, whichever is earlier. One that comes more than an hour late counts
    /// in its hour and makes nothing unusual.
    std::optional<IncidentTurn> hear(Instant at, bool negative);

    /// Time alone; ends incidents. Once a minute is enough. A clock set back by hours is followed.
    std::optional<IncidentTurn> tick(Instant now);

    const std::optional<Incident>& running() const { return running_; }
    const HourHistory& history() const { return history_; }

private:
    void move_to(Instant now);
    void set_back(Instant now);
    ExpectedCount expected_now() const;
    std::optional<Incident> unusual() const;
    bool usual_again() const;
    Instant onset(Incident::Kind kind, double expected) const;
    int in_window(Incident::Kind kind) const;
    std::optional<IncidentTurn> begin(Incident incident);
    std::optional<IncidentTurn> end(Instant at);

    IncidentSettings settings_;
    HourHistory history_;
    Instant now_ = {};
    std::deque<HeardMention> window_ = {};  ///< the past hour, in order of time
    int negative_ = 0;                      ///< of the window
    HourHistory::Hour known_hour_ = {};
    ExpectedCount this_hour_ = {};
    ExpectedCount last_hour_ = {};
    UsualShare share_ = {};
    std::optional<Incident> running_ = {};
    std::optional<Incident> last_ = {};
    std::optional<Instant> calm_since_ = {};
};

/// The incidents that the watch would have found in a stored series, which need not be in order; the last may still
/// run.
std::vector<Incident> backtest(std::vector<HeardMention> heard, IncidentSettings settings = {});

/// A line an incident: when it would have fired, why, until when, how many mentions.
std::string print_backtest(std::span<const Incident> incidents);

}  // namespace rasid

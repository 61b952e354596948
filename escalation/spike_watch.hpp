#pragma once

#include "escalation/hour_history.hpp"

#include <deque>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rasid {

struct SpikeSettings {
    double volume_chance = 1e-6;      ///< an hour as full as this or fuller by chance is unusual
    double negativity_chance = 1e-6;  ///< the same for its negative share
    int least = 6;                    ///< mentions (or negative ones) within an hour below which nothing is unusual
    Duration calm = std::chrono::minutes(30);   ///< an incident ends once it has been usual for so long
    Duration again = std::chrono::hours(3);     ///< what flares up so soon is the same incident
    Duration longest = std::chrono::hours(48);  ///< then it is the new usual, which is learnt anew
};

/// An unusual rise, found in one series (a rule, a topic, a source).
struct Incident {
    enum class Kind { volume, negativity };
    Kind kind = Kind::volume;
    Instant began_at = {};  ///< where the rise starts, before it could be told from chance
    Instant found_at = {};
    std::optional<Instant> ended_at = {};
    double expected = 0;      ///< mentions (or negative ones) an hour when it was found
    int found_with = 0;       ///< of them within the hour before `found_at`
    int peak = 0;             ///< most of them within an hour
    int members = 0;          ///< mentions heard from `began_at` on until it was calm
    std::string reason = {};  ///< for people, in English
};
std::string_view to_string(Incident::Kind kind);

struct IncidentTurn {
    enum class What {
        began,    ///< escalate: once
        resumed,  ///< within `again` of its end: the same incident, nobody is told twice
        ended,
    };
    What what = What::began;
    Incident incident = {};
};

/// Watches one series. A state machine over what it is told; of the time it knows only that.
class SpikeWatch {
public:
    explicit SpikeWatch(SpikeSettings settings = {}, HourHistory history = {});

    /// A mention, at its time or when it was heard, whichever is earlier. Of those that come out of order the later
    /// ones count as heard at the latest time known.
    std::optional<IncidentTurn> hear(Instant at, bool negative);

    /// Time alone; ends incidents. Once a minute is enough. A clock set back by hours is followed.
    std::optional<IncidentTurn> tick(Instant now);

    const std::optional<Incident>& running() const { return running_; }
    const HourHistory& history() const { return history_; }

private:
    struct Heard {
        Instant at = {};
        bool negative = false;
    };

    void move_to(Instant now);
    void set_back(Instant now);
    ExpectedCount expected_now() const;
    std::optional<Incident> unusual() const;
    bool usual_again() const;
    Instant onset(Incident::Kind kind, double expected) const;
    int in_window(Incident::Kind kind) const;
    std::optional<IncidentTurn> begin(Incident incident);
    std::optional<IncidentTurn> end(Instant at);

    SpikeSettings settings_;
    HourHistory history_;
    Instant now_ = {};
    std::deque<Heard> window_ = {};  ///< the past hour
    int negative_ = 0;               ///< of the window
    HourHistory::Hour known_hour_ = {};
    ExpectedCount this_hour_ = {};
    ExpectedCount last_hour_ = {};
    UsualShare share_ = {};
    std::optional<Incident> running_ = {};
    std::optional<Incident> last_ = {};
    std::optional<Instant> calm_since_ = {};
};

struct HeardMention {
    Instant at = {};
    bool negative = false;
};

/// The incidents that the watch would have found in a stored series, which need not be in order; the last may still
/// run.
std::vector<Incident> backtest(std::vector<HeardMention> heard, SpikeSettings settings = {});

/// A line an incident: when it would have fired, why, until when, how many mentions.
std::string print_backtest(std::span<const Incident> incidents);

}  // namespace rasid

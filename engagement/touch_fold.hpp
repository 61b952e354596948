#pragma once

#include "core/touch.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

// One year's touches as the fold over what happened to them. Nothing changes a touch but an event.

/// Between two reasons of one touch: the guard's and its own, its own and that of a move.
inline constexpr std::string_view kReasonSeparator = "; ";

/// Whether a touch is still to come, be it held: neither done nor skipped.
bool is_to_come(const PlannedTouch& touch);

/// A touch after an event. An event that its state does not allow (done when done) changes nothing.
PlannedTouch applied(PlannedTouch touch, const TouchEvent& event);

/// The touches as they stand: `laid` as they were at first, then the events in order. Events of touches that are
/// neither in `laid` nor laid by an event are passed over.
std::vector<PlannedTouch> fold_touches(std::vector<PlannedTouch> laid, std::span<const TouchEvent> events);

/// Writes what happens to touches into a change: the event and the touch as it stands afterwards, each touch once.
class TouchChanges {
public:
    TouchChanges(PlanChange& change, Instant at, std::string_view actor = {})
        : change_(change), at_(at), actor_(actor) {}

    const PlannedTouch& lay(const PlannedTouch& touch);
    const PlannedTouch& hold(const PlannedTouch& touch, const Guard& guard);
    const PlannedTouch& release(const PlannedTouch& touch, const Guard& guard);
    const PlannedTouch& move(const PlannedTouch& touch, Date due_on, std::string_view why);
    const PlannedTouch& finish(const PlannedTouch& touch);
    const PlannedTouch& skip(const PlannedTouch& touch, std::string_view why = {});
    const PlannedTouch& reopen(const PlannedTouch& touch);
    const PlannedTouch& draft(const PlannedTouch& touch, std::string_view text);

private:
    const PlannedTouch& happen(const PlannedTouch& touch, TouchEvent event);

    PlanChange& change_;
    Instant at_;
    std::string actor_;
};

}  // namespace rasid

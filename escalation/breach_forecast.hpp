#pragma once

#include "core/setup.hpp"

#include <optional>
#include <vector>

namespace rasid {

/// A ticket that came, or would have come, into a queue.
struct QueueArrival {
    Instant at = {};
    Duration target = {};                     ///< working time until its first response is due
    std::optional<Instant> answered_at = {};  ///< when a person answered first; absent: nobody did, or nobody could
};

/// How fast a queue works off what waits, as its answers show it.
struct HandlingSpeed {
    Duration each = {};  ///< working time from one answer to the next while something waits
    int answers = 0;     ///< that it was measured from
};

/// The queue seen as one line that is worked off one ticket at a time. Between one answer and the next, or from the
/// arrival of what was answered where that came later, lies the time that an answer takes the whole team; the mean of
/// these is its speed. Answers given before their ticket arrived count nothing. nullopt: fewer than `enough` answers.
std::optional<HandlingSpeed> measure_handling(const Calendar* calendar, std::vector<QueueArrival> arrivals,
                                              int enough = 10);

/// How many arrivals would have been answered after they were due, were each taken up in working time as soon as the
/// one before it is answered, what is due first going first, and each answer taking the same time. What stays out: that
/// people work faster under load, that answers differ in length, and arrivals from before the first of these.
int expected_breaches(const Calendar* calendar, std::vector<QueueArrival> arrivals, Duration each);

/// How many of them were in truth answered after they were due, or not by `now` though due.
int real_breaches(const Calendar* calendar, const std::vector<QueueArrival>& arrivals, Instant now);

}  // namespace rasid

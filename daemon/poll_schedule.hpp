#pragma once

#include "connectors/source.hpp"
#include "storage/reader.hpp"

namespace rasid {

/// The rhythm of one source.
struct PollRhythm {
    Duration every = std::chrono::minutes(1);
    Duration silent_after = std::chrono::hours(48);
    bool streams = false;
};

/// The record of a source after a poll that brought `mentions` new ones, and when to poll next (in next_poll_at).
/// The platform's wish (not_before) is obeyed; regular polls are spread by up to a tenth of their interval.
SourceRecord after_success(SourceRecord record, const PollRhythm& rhythm, const Page& page, std::int64_t mentions,
                           Random& random, Instant now);

/// The record after a failure: full-jitter exponential backoff from the interval (at least 1 s) to 15 min; a refused or
/// unauthorised source is asked once in 15 min to 6 h, never given up; Retry-After is a floor, at most 24 h.
SourceRecord after_failure(SourceRecord record, const PollRhythm& rhythm, const Failure& failure, Random& random,
                           Instant now);

}  // namespace rasid

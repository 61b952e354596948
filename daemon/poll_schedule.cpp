#include "daemon/poll_schedule.hpp"

#include <algorithm>
#include <cmath>

namespace rasid {
namespace {

constexpr Duration kShortestBackoff = std::chrono::seconds(1);
constexpr Duration kLongestBackoff = std::chrono::minutes(15);
constexpr Duration kLongestPause = std::chrono::hours(6);
constexpr Duration kLongestWait = std::chrono::hours(24);

Duration scaled(Duration duration, double factor) {
    return Duration(static_cast<Duration::rep>(static_cast<double>(duration.count()) * factor));
}

Duration exponential(Duration base, int failures, Duration most) {
    const double grown = static_cast<double>(base.count()) * std::pow(2.0, std::min(failures - 1, 30));
    return grown >= static_cast<double>(most.count()) ? most : Duration(static_cast<Duration::rep>(grown));
}

bool needs_a_person(Failure::Kind kind) {
    return kind == Failure::Kind::unauthorized || kind == Failure::Kind::refused || kind == Failure::Kind::not_found ||
           kind == Failure::Kind::blocked;
}

bool is_silent(const SourceRecord& record, const PollRhythm& rhythm, Instant now) {
    return record.last_mention_at && now - *record.last_mention_at > rhythm.silent_after;
}

/// Of the newest; a platform whose clock is ahead of ours has none.
Duration lag_of(const Page& page, Instant now) {
    Instant newest = {};
    for (const auto& mention : page.mentions) newest = std::max(newest, mention.created_at);
    return std::max(Duration(0), now - newest);
}

}  // namespace

SourceRecord after_success(SourceRecord record, const PollRhythm& rhythm, const Page& page, std::int64_t mentions,
                           Random& random, Instant now) {
    record.state = "healthy";
    record.failures = 0;
    record.last_error.clear();
    record.last_success_at = now;
    record.mentions += mentions;
    // A source that never brought anything is measured from its first success, so that it too can fall silent.
    if (mentions > 0 || !record.last_mention_at) record.last_mention_at = now;
    record.silent = is_silent(record, rhythm, now);
    if (mentions > 0 && !page.mentions.empty()) record.lag = lag_of(page, now);
    if (!page.warnings.empty()) {
        record.last_warning = page.warnings.back();
        record.last_warning_at = now;
    }

    Duration wait = scaled(rhythm.every, 0.95 + 0.1 * uniform(random));
    if (page.more || rhythm.streams) wait = Duration(0);
    if (page.not_before) wait = std::max<Duration>(wait, std::min<Duration>(*page.not_before, kLongestWait));
    record.next_poll_at = now + wait;
    return record;
}

SourceRecord after_failure(SourceRecord record, const PollRhythm& rhythm, const Failure& failure, Random& random,
                           Instant now) {
    ++record.failures;
    record.state = failure.kind == Failure::Kind::unauthorized ? "needs_authorisation" : "failing";
    record.last_error = failure.what;
    record.silent = is_silent(record, rhythm, now);

    Duration wait;
    if (needs_a_person(failure.kind)) {
        // Hammering with a bad token gets applications banned; stopping for ever would need a person to notice.
        const auto pause = exponential(kLongestBackoff, record.failures, kLongestPause);
        wait = scaled(pause, 0.9 + 0.1 * uniform(random));
    } else {
        auto base = std::clamp(rhythm.every, kShortestBackoff, kLongestBackoff);
        if (failure.kind == Failure::Kind::rate_limited && !failure.retry_after)
            base = std::max<Duration>(base, std::chrono::minutes(1));
        const auto most = exponential(base, record.failures, kLongestBackoff);
        wait = std::max(kShortestBackoff, scaled(most, uniform(random)));
        if (failure.kind == Failure::Kind::rate_limited && !failure.retry_after)
            wait = std::max<Duration>(wait, std::chrono::minutes(1));
    }
    if (failure.retry_after) wait = std::max<Duration>(wait, std::min<Duration>(*failure.retry_after, kLongestWait));
    record.next_poll_at = now + wait;
    return record;
}

}  // namespace rasid

#pragma once

#include "core/promise.hpp"
#include "core/random.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// Promises as they stand, in order of being made, from their events in order. A time that passes unkept, also one that
/// is moved only after it passed, is broken, and stays so when the thing is done late.
std::vector<Promise> fold_promises(std::span<const PromiseEvent> events, Instant now);

PromiseState state_of(const Promise& promise, Instant now);

/// When somebody must look at a promise again; nullopt: never.
std::optional<Instant> check_at(const Promise& promise);

/// A time told in a text.
struct ToldTime {
    Instant at = {};
    std::size_t start = 0;  ///< bytes of the words that told it
    std::size_t end = 0;

    bool operator==(const ToldTime&) const = default;
};

/// The time that a reply promises to its reader, in Arabic or English: only where words of promising ("we will", سنعود)
/// and of a limit ("by", "within", قبل, خلال) stand in one sentence with a time that can be read in one way: a number
/// of hours or days, a weekday, today or tomorrow, with a time of day or without (then the end of the day). A weekday
/// is the next one, never today. Anything doubtful is no promise: a person can always write one down. `time_zone` is an
/// IANA name; an unknown one is UTC.
std::optional<ToldTime> promised_time(std::string_view text, Instant now, const std::string& time_zone);

/// What a published reply means for the promises of its ticket: it keeps those that run, unless it tells another time
/// itself; that time is a promise, and one that ran is moved to it. `events`: those of the ticket in order.
std::vector<PromiseEvent> promises_after_reply(std::span<const PromiseEvent> events, std::string_view ticket,
                                               std::string_view customer, std::string_view text, std::string_view actor,
                                               const std::string& time_zone, Random& random, Instant now);

/// The event that makes a promise.
PromiseEvent made(std::string_view ticket, std::string_view customer, std::string_view text, Instant due_at,
                  std::string_view actor, Random& random, Instant now);

}  // namespace rasid

#pragma once

#include "core/context.hpp"
#include "core/mention.hpp"
#include "core/verdict.hpp"

#include <cstdint>
#include <string_view>

namespace rasid {

/// The share of a platform's active accounts that have no more followers than this, 0 … 100, interpolated over the
/// logarithm of followers between the known points of the platform. Platforms without points of their own have those of
/// an average one.
///
/// The points are assumptions, rounded from what platforms and surveys have published about the spread of followers:
/// half of all accounts have a few dozen, and each further step towards the top has about ten times as many.
double follower_percentile(std::string_view platform, std::int64_t followers);

/// How far a mention can carry, as a sum of parts: reach (the author's followers among those of his platform, up to 60
/// points), a verified account (10), engagement (answers, shares and likes so far, up to 20) and history (how often the
/// author has spoken to us, up to 10).
Influence measure_influence(const Mention& mention, const Context& context);

}  // namespace rasid

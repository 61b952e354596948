#pragma once

#include "core/mention.hpp"
#include "core/verdict.hpp"

namespace rasid {

/// How far a mention can carry: the author's followers, a verified account, and how many answered, shared and liked.
Influence measure_influence(const Mention& mention);

}  // namespace rasid

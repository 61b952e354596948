#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace rasid {

/// A text that a pattern, which RE2 accepts, should match: the simplest, or with `choice` > 0 another alternative of
/// its groups. Built by the pattern's letters, groups and repetitions alone; boundaries that need certain neighbours
/// may not find them.
std::string pattern_example(std::string_view pattern, std::size_t choice);

}  // namespace rasid

#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace rasid {

/// Bytes of the mention's text that made a rule match.
struct HitRange {
    std::size_t start = 0;
    std::size_t end = 0;
    auto operator<=>(const HitRange&) const = default;
};

/// Where a term stands, in words and in bytes.
struct TermPlace {
    std::uint32_t first_position = 0;
    std::uint32_t last_position = 0;
    HitRange range = {};
    bool in_title = false;
};

/// Groups of one place for each term, in any order, that do not overlap and have at most `distance` other words between
/// them. `places` has one list for each term, each sorted by position. At most `most` groups, one for each place that
/// can lead one.
std::vector<std::vector<TermPlace>> find_groups(const std::vector<std::vector<TermPlace>>& places,
                                                std::uint32_t distance, std::size_t most);

}  // namespace rasid

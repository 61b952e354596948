#pragma once

#include "core/instant.hpp"

#include <cstdint>
#include <string_view>

namespace rasid {

inline constexpr std::string_view kMentionDocument = "mention";
inline constexpr std::string_view kEventDocument = "event";

/// Places of the search index are in order of time: every 1,024 microseconds have 16,384 of them.
inline constexpr std::int64_t kPlacesAtOnce = 1 << 14;

inline std::int64_t first_place(Instant at) { return (to_micros(at) >> 10) * kPlacesAtOnce; }

/// Behind every place of what is older.
inline std::int64_t behind_places(Instant at) { return first_place(at) + kPlacesAtOnce; }

/// Where an item of that time stands unless another does: what came in the same second is spread.
inline std::int64_t wished_place(Instant at, std::string_view item) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : item) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return first_place(at) + static_cast<std::int64_t>(hash % kPlacesAtOnce);
}

}  // namespace rasid

#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace rasid {

// How long names may be in requests, in bytes: of what people make on the page (views, segments, pilots, tokens), and
// of what the setup knows (people, rules, queues, brands).
inline constexpr std::size_t kLongestName = 100;
inline constexpr std::size_t kLongestSetupName = 200;

/// Whether something made on the page can be called so: 1 to 100 bytes on one line.
inline bool is_name(std::string_view name) {
    return !name.empty() && name.size() <= kLongestName &&
           std::ranges::none_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

}  // namespace rasid

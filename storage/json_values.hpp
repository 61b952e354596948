#pragma once

#include "core/json.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Values inside a column's JSON; what is missing is empty.

namespace rasid {

inline std::string text(JsonView view) { return std::string(view.string().value_or("")); }
inline Instant instant(JsonView view) { return from_micros(view.integer().value_or(0)); }

inline std::optional<Instant> maybe_instant(JsonView view) {
    const auto micros = view.integer();
    if (!micros) return std::nullopt;
    return from_micros(*micros);
}

inline std::vector<std::string> strings(JsonView view) {
    std::vector<std::string> list;
    for (const auto item : view.items()) list.push_back(text(item));
    return list;
}

/// JsonWriter rounds numbers for people; what is stored comes back exactly.
inline void exact(JsonWriter& writer, std::string_view name, double number) {
    std::array<char, 32> buffer{};
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::isfinite(number) ? number : 0.0).ptr;
    writer.key(name);
    writer.raw({buffer.data(), static_cast<std::size_t>(end - buffer.data())});
}

inline void instant(JsonWriter& writer, std::string_view name, const std::optional<Instant>& at) {
    if (at) writer.member(name, to_micros(*at));
}

}  // namespace rasid

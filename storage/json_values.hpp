#pragma once

#include "core/json.hpp"
#include "core/reason.hpp"

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

/// [CODE, VALUE…], or the words alone, as versions before wrote all of them.
inline void write_reason(JsonWriter& writer, const Reason& reason) {
    if (reason.code.empty()) return writer.value(reason.values.empty() ? std::string() : reason.values.front());
    writer.array([&] {
        writer.value(reason.code);
        for (const auto& value : reason.values) writer.value(value);
    });
}

inline Reason read_reason(JsonView view) {
    if (!view.is_array()) return already_said(text(view));
    Reason reason{text(view.at(0)), strings(view)};
    if (!reason.values.empty()) reason.values.erase(reason.values.begin());
    return reason;
}

inline void write_reasons(JsonWriter& writer, std::string_view name, const std::vector<Reason>& reasons) {
    writer.list(name, reasons, [&](const Reason& reason) { write_reason(writer, reason); });
}

inline std::vector<Reason> read_reasons(JsonView view) {
    std::vector<Reason> reasons;
    for (const auto item : view.items()) reasons.push_back(read_reason(item));
    return reasons;
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

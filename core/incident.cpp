#include "core/incident.hpp"

namespace rasid {

std::string to_string(const Series& series) { return std::string(to_string(series.kind)) + ":" + series.name; }

std::optional<Series> parse_series(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || colon + 1 == text.size()) return std::nullopt;
    const auto kind = parse_series_kind(text.substr(0, colon));
    if (!kind) return std::nullopt;
    return Series{.kind = *kind, .name = std::string(text.substr(colon + 1))};
}

}  // namespace rasid

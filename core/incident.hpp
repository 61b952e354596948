#pragma once

#include "core/instant.hpp"
#include "core/reason.hpp"

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace rasid {

/// Mentions of an hour.
struct HourCount {
    int total = 0;
    int negative = 0;
    bool operator==(const HourCount&) const = default;
};

/// What is watched for unusual rises: those mentions of one brand that have a rule, a tag or a source in common.
struct Series {
    enum class Kind { rule, tag, source };
    std::string brand = {};
    Kind kind = Kind::rule;
    std::string name = {};
    auto operator<=>(const Series&) const = default;
};
std::string_view to_string(Series::Kind kind);
std::optional<Series::Kind> parse_series_kind(std::string_view word);

/// "rule:late order"; the brand is left out.
std::string to_string(const Series& series);
std::optional<Series> parse_series(std::string_view text);

/// Mentions that were heard in one hour of UTC.
struct SeriesHour {
    Series series = {};
    Instant hour = {};  ///< its beginning
    HourCount count = {};
    bool operator==(const SeriesHour&) const = default;
};

/// An unusual rise, found in one series.
struct Incident {
    enum class Kind { volume, negativity };
    Kind kind = Kind::volume;
    Instant began_at = {};  ///< where the rise starts, before it could be told from chance
    Instant found_at = {};
    std::optional<Instant> ended_at = {};
    double expected = 0;  ///< mentions (or negative ones) an hour when it was found
    int found_with = 0;   ///< of them within the hour before `found_at`
    int peak = 0;         ///< most of them within an hour
    int members = 0;      ///< mentions heard from `began_at` on until it was calm
    Reason reason = {};
    bool operator==(const Incident&) const = default;
};
std::string_view to_string(Incident::Kind kind);
std::optional<Incident::Kind> parse_incident_kind(std::string_view word);

/// A rise as it is kept. Rises of the same mentions in several series are one incident and share a ticket.
struct IncidentRise {
    std::string ticket = {};  ///< opened by Rasid for the incident: the parent of its members' tickets
    Series series = {};
    Incident incident = {};
    bool operator==(const IncidentRise&) const = default;
};

}  // namespace rasid

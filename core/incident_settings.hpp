#pragma once

#include "core/instant.hpp"

#include <chrono>
#include <string>

namespace rasid {

/// What counts as an unusual rise. The values here are the shipped ones.
struct IncidentSettings {
    bool enabled = true;              ///< false: hours are counted, nothing is found
    int least = 6;                    ///< mentions (or negative ones) within an hour below which nothing is unusual
    double volume_chance = 1e-6;      ///< an hour as full as this or fuller by chance is unusual
    double negativity_chance = 1e-6;  ///< the same for its negative share
    Duration calm = std::chrono::minutes(30);   ///< an incident ends once it has been usual for so long
    Duration again = std::chrono::hours(3);     ///< what flares up so soon is the same incident
    Duration longest = std::chrono::hours(48);  ///< then it is the new usual, which is learnt anew

    bool operator==(const IncidentSettings&) const = default;
};

class TomlReader;

/// Reads the table [incidents]; what it does not name stays as it is shipped. Errors go to the reader.
IncidentSettings read_incidents(TomlReader& in);

/// Its lines in TOML: what differs from the shipped values, empty where nothing does.
std::string print_incidents(const IncidentSettings& settings);

}  // namespace rasid

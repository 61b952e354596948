#pragma once

#include <map>
#include <string>

namespace rasid {

/// What a customer's worth adds to the priority of his tickets. The values here are the shipped ones.
struct PrioritySettings {
    std::map<std::string, int> tiers = {};  ///< points by tier, 0 … 50
    double loss_scale = 1000;  ///< expected loss, in money, that is worth 10 points; each doubling is worth 10 more

    bool operator==(const PrioritySettings&) const = default;
};

class TomlReader;

/// Reads the table [priority]; what it does not name stays as it is shipped. Errors go to the reader.
PrioritySettings read_priorities(TomlReader& in);

/// Its lines in TOML: what differs from the shipped values, empty where nothing does.
std::string print_priorities(const PrioritySettings& settings);

}  // namespace rasid

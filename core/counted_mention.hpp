#pragma once

#include "core/mention.hpp"
#include "core/verdict.hpp"

#include <string>
#include <vector>

namespace rasid {

/// What is counted of a stored mention; without its text.
struct CountedMention {
    std::string platform = {};
    std::string source = {};
    Author author = {};
    Instant stored_at = {};
    Polarity polarity = Polarity::neutral;
    std::string brand = {};               ///< of the rule that decided; empty: of none
    std::string queue = {};               ///< that the same rule names; empty: none
    std::vector<std::string> rules = {};  ///< names of those that hit
    std::vector<std::string> tags = {};

    bool operator==(const CountedMention&) const = default;
};

}  // namespace rasid

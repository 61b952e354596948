#pragma once

#include "rules/rule_set.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace rasid {

/// One line of `assess` output, without the line end.
struct AssessedLine {
    std::string json = {};
    bool ok = true;  ///< false: the line tells what is wrong with the input
};

/// The answer to one line of `assess` input. `number` counts lines from 1.
AssessedLine assess_line(const RuleSet& rules, std::string_view line, std::size_t number);

}  // namespace rasid

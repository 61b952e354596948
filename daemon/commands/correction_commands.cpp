#include "daemon/commands/loaded_config.hpp"

#include "rules/correction_lines.hpp"

#include <iostream>

namespace rasid {

int corrections_export(const Invocation& invocation) {
    const auto config = load_config(invocation);
    if (!config) return kBadConfiguration;
    const auto reader = read_store(*config);
    if (!reader) return kFailed;
    for (const auto& one : all_corrections(*reader)) std::cout << correction_line(one) << "\n";
    std::cout << std::flush;
    return std::cout ? kOk : kFailed;
}

}  // namespace rasid

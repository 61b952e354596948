#pragma once

#include "core/setup_toml.hpp"

#include <gtest/gtest.h>

#include <string>

namespace rasid {

/// The one thing that is wrong with a setup.
inline std::string only_error(const std::string& toml) {
    const auto parsed = parse_setup(toml, "setup.toml");
    auto errors = parsed.errors;
    if (errors.empty()) errors = check_references(parsed.setup);
    EXPECT_EQ(errors.size(), 1u) << toml;
    return errors.empty() ? "" : to_string(errors.front());
}

}  // namespace rasid

#pragma once

#include <string>

namespace rasid {

/// Asks on the terminal without showing what is typed; without a terminal, the first line of stdin.
std::string ask_password(const std::string& prompt);

}  // namespace rasid

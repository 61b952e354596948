#pragma once

#include <string>
#include <string_view>

namespace rasid {

/// Asks on the terminal without showing what is typed; without a terminal, the first line of stdin.
std::string ask_password(const std::string& prompt);

/// The language that the environment asks messages in, as LC_ALL, LC_MESSAGES and LANG say: "ar" or "en".
std::string_view terminal_language();

}  // namespace rasid

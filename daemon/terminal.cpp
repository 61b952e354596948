#include "daemon/terminal.hpp"

#include <cstdlib>
#include <iostream>
#include <termios.h>
#include <unistd.h>

namespace rasid {

std::string ask_password(const std::string& prompt) {
    std::string password;
    termios shown{};
    const bool terminal = ::isatty(STDIN_FILENO) == 1 && ::tcgetattr(STDIN_FILENO, &shown) == 0;
    if (terminal) {
        auto hidden = shown;
        hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        std::cerr << prompt << std::flush;
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    }
    std::getline(std::cin, password);
    if (terminal) {
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
        std::cerr << "\n";
    }
    return password;
}

std::string_view terminal_language() {
    // The first that is set decides, as in setlocale(3).
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* const value = std::getenv(name);
        if (value && *value) return std::string_view(value).starts_with("ar") ? "ar" : "en";
    }
    return "en";
}

}  // namespace rasid

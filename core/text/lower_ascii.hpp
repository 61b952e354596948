#pragma once

#include <string>
#include <string_view>

namespace rasid {

/// The text with A to Z as a to z; every other byte stays, so UTF-8 stays UTF-8.
inline std::string lower_ascii(std::string_view text) {
    std::string lower(text);
    for (auto& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return lower;
}

}  // namespace rasid

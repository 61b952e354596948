#pragma once

#include <span>
#include <string_view>

namespace rasid {

/// A file that was put into the binary at build time (cmake/embed.cmake). Each set has a function in rasid::embedded.
struct EmbeddedFile {
    std::string_view name;
    std::string_view content;
};

}  // namespace rasid

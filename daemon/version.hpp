#pragma once

namespace rasid {

/// "0.1.0", from the project's CMake file.
extern const char* const kVersion;
/// The commit the binary was built from, or "unknown".
extern const char* const kCommit;

}  // namespace rasid

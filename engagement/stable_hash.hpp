#pragma once

#include <cstdint>
#include <string_view>

namespace rasid {

/// FNV-1a with a final mix. What is drawn from it is drawn anew by other builds and machines and must come out the
/// same, which std::hash does not promise.
class StableHash {
public:
    constexpr StableHash& add(std::string_view text) {
        for (const char byte : text) state_ = (state_ ^ static_cast<unsigned char>(byte)) * 0x100000001b3U;
        return *this;
    }
    /// In [0, 1).
    constexpr double fraction() const {
        auto hash = state_;
        hash ^= hash >> 31;
        hash *= 0x9e3779b97f4a7c15U;
        hash ^= hash >> 29;
        return static_cast<double>(hash >> 11) * 0x1.0p-53;
    }

private:
    std::uint64_t state_ = 0xcbf29ce484222325U;
};

}  // namespace rasid

#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace rasid {

/// The hash under which tables of words are kept: 64 bits, eight bytes of the word a step. Not keyed: whoever knows a
/// table can make words that collide in it.
inline std::uint64_t hash_word(std::string_view word) {
    constexpr std::uint64_t kFactor = 0x9fb21c651e98df25;
    const auto mixed = [](std::uint64_t hash, std::uint64_t bytes) {
        hash = (hash ^ bytes) * kFactor;
        return hash ^ (hash >> 29);
    };
    const auto load = [](const char* from, auto into) {
        std::memcpy(&into, from, sizeof(into));
        return into;
    };
    const auto* at = word.data();
    const auto size = word.size();
    // Multiplied, because a size could undo a difference of the last byte.
    auto hash = (0xa0761d6478bd642f + size) * kFactor;
    if (size >= 8) {
        for (auto left = size; left > 8; left -= 8, at += 8) hash = mixed(hash, load(at, std::uint64_t{}));
        // The last eight bytes may overlap those before; the size in the seed keeps such words apart.
        hash = mixed(hash, load(word.data() + size - 8, std::uint64_t{}));
    } else if (size >= 4) {
        const std::uint64_t first = load(at, std::uint32_t{});
        hash = mixed(hash, first << 32 | load(at + size - 4, std::uint32_t{}));
    } else if (size > 0) {
        const auto byte = [&](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(at[i])}; };
        hash = mixed(hash, byte(0) << 16 | byte(size / 2) << 8 | byte(size - 1));
    }
    hash *= kFactor;
    return hash ^ (hash >> 32);
}

/// Spreads every bit of a hash over all of it: what was made of hashes by sums and shifts is a hash again.
inline std::uint64_t mixed_hash(std::uint64_t hash) {
    hash = (hash ^ hash >> 32) * 0xd6e8feb86659fd93;
    return hash ^ hash >> 32;
}

}  // namespace rasid

#include "core/random.hpp"

#include "core/base64.hpp"

#include <array>
#include <sodium.h>

namespace rasid {

double uniform(Random& random) {
    std::array<std::uint8_t, 8> bytes{};
    random.fill(bytes);
    std::uint64_t value = 0;
    for (const auto byte : bytes) value = value << 8 | byte;
    return static_cast<double>(value >> 11) * 0x1.0p-53;
}

std::string new_id(Random& random, Instant now) {
    // Crockford's base 32: no I, L, O, U, and the order of the alphabet is the order of the values.
    static constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    std::array<std::uint8_t, 10> bytes{};
    random.fill(bytes);
    const auto millis = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count());
    std::string id(26, '0');
    for (int i = 0; i < 10; ++i) id[static_cast<std::size_t>(9 - i)] = kAlphabet[(millis >> (5 * i)) & 31];
    for (std::size_t group = 0; group < 2; ++group) {
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < 5; ++i) bits = bits << 8 | bytes[group * 5 + i];
        for (std::size_t i = 0; i < 8; ++i) id[10 + group * 8 + (7 - i)] = kAlphabet[(bits >> (5 * i)) & 31];
    }
    return id;
}

std::string new_token(Random& random) {
    std::array<std::uint8_t, 32> bytes{};
    random.fill(bytes);
    return url_base64({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace rasid

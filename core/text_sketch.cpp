#include "core/text_sketch.hpp"

#include <charconv>

namespace rasid {
namespace {

constexpr std::size_t kDigits = 4;  // of one 16-bit number

void append_hex(std::string& out, std::uint16_t number) {
    static constexpr std::string_view kHex = "0123456789abcdef";
    for (int shift = 12; shift >= 0; shift -= 4) out += kHex[number >> shift & 15];
}

std::optional<std::uint16_t> read_hex(std::string_view text) {
    std::uint16_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number, 16);
    if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

}  // namespace

std::string to_string(const TextSketch& sketch) {
    std::string out;
    if (sketch.empty()) return out;
    out.reserve(1 + kDigits * (TextSketch::kLanes + 1));
    out += sketch.whole_only ? 'w' : 'n';
    append_hex(out, sketch.pairs);
    for (const auto lane : sketch.lanes) append_hex(out, lane);
    return out;
}

std::optional<TextSketch> parse_text_sketch(std::string_view text) {
    if (text.empty()) return TextSketch{};
    if (text.size() != 1 + kDigits * (TextSketch::kLanes + 1) || (text[0] != 'w' && text[0] != 'n'))
        return std::nullopt;
    TextSketch sketch;
    sketch.whole_only = text[0] == 'w';
    const auto pairs = read_hex(text.substr(1, kDigits));
    if (!pairs || *pairs == 0) return std::nullopt;
    sketch.pairs = *pairs;
    for (std::size_t i = 0; i < TextSketch::kLanes; ++i) {
        const auto lane = read_hex(text.substr(1 + kDigits * (i + 1), kDigits));
        if (!lane) return std::nullopt;
        sketch.lanes[i] = *lane;
    }
    return sketch;
}

}  // namespace rasid

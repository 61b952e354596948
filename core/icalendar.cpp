#include "core/icalendar.hpp"

#include "core/text/bidi.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>

namespace rasid::icalendar {
namespace {

constexpr std::size_t kLineBytes = 75;
constexpr std::size_t kLongestLine = 4096;

std::string upper(std::string_view text) {
    std::string out(text);
    for (char& byte : out) {
        if (byte >= 'a' && byte <= 'z') byte = static_cast<char>(byte - 'a' + 'A');
    }
    return out;
}

std::optional<Line> split(std::string_view content) {
    bool quoted = false;
    std::size_t colon = 0;
    while (colon < content.size() && (quoted || content[colon] != ':')) quoted ^= content[colon++] == '"';
    if (colon == content.size()) return std::nullopt;
    const auto head = content.substr(0, colon);
    const auto semicolon = std::min(head.find(';'), head.size());
    const auto name = head.substr(0, semicolon);
    const bool word = !name.empty() && std::ranges::all_of(name, [](char byte) {
        return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
               byte == '-';
    });
    if (!word) return std::nullopt;
    return Line{.name = upper(name),
                .parameters = upper(head.substr(std::min(semicolon + 1, head.size()))),
                .value = std::string(content.substr(colon + 1))};
}

}  // namespace

void write_line(std::string& out, std::string_view content) {
    std::size_t room = kLineBytes;
    while (content.size() > room) {
        auto part = cut_at_character(content, room);
        if (part.empty()) part = content.substr(0, room);
        out += part;
        out += "\r\n ";
        content.remove_prefix(part.size());
        room = kLineBytes - 1;
    }
    out += content;
    out += "\r\n";
}

std::string text(std::string_view words) {
    std::string out;
    for (const char byte : words) {
        if (byte == '\\' || byte == ';' || byte == ',') out += '\\';
        if (byte == '\n')
            out += "\\n";
        else if (static_cast<unsigned char>(byte) >= 0x20 && byte != 0x7f)
            out += byte;
    }
    return out;
}

std::string printable(std::string_view words) {
    std::string out;
    std::ranges::copy_if(words, std::back_inserter(out),
                         [](char byte) { return static_cast<unsigned char>(byte) > 0x20 && byte != 0x7f; });
    return out;
}

std::string basic(Date date) {
    auto out = to_string(date);
    std::erase(out, '-');
    return out;
}

std::string basic(Instant at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(at - day));
    std::array<char, 16> clock{};
    std::snprintf(clock.data(), clock.size(), "T%02d%02d%02dZ", static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
    return basic(Date(day)) + clock.data();
}

std::vector<Line> read_lines(std::string_view text, std::size_t most) {
    std::vector<Line> lines;
    std::string content;
    bool too_long = false;
    const auto finish = [&] {
        if (!too_long) {
            if (auto line = split(content)) lines.push_back(std::move(*line));
        }
        content.clear();
        too_long = false;
    };
    while (!text.empty() && lines.size() < most) {
        auto physical = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(physical.size() + 1, text.size()));
        if (physical.ends_with('\r')) physical.remove_suffix(1);
        const bool continues = physical.starts_with(' ') || physical.starts_with('\t');
        if (continues)
            physical.remove_prefix(1);
        else
            finish();
        too_long = too_long || content.size() + physical.size() > kLongestLine;
        if (!too_long) content += physical;
    }
    if (lines.size() < most) finish();
    return lines;
}

}  // namespace rasid::icalendar

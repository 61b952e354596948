#include "core/instant.hpp"

#include <array>
#include <charconv>
#include <cstdio>

namespace rasid {
namespace {

/// Reads exactly `count` digits at `position` and moves past them.
std::optional<int> digits(std::string_view text, std::size_t& position, std::size_t count) {
    if (position + count > text.size()) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const char c = text[position + i];
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    position += count;
    return value;
}

bool skip(std::string_view text, std::size_t& position, std::string_view any_of) {
    if (position >= text.size() || any_of.find(text[position]) == std::string_view::npos) return false;
    ++position;
    return true;
}

struct Unit {
    char letter;
    std::chrono::seconds length;
};
constexpr std::array<Unit, 4> kUnits = {{{'d', std::chrono::days(1)},
                                         {'h', std::chrono::hours(1)},
                                         {'m', std::chrono::minutes(1)},
                                         {'s', std::chrono::seconds(1)}}};

}  // namespace

std::string to_rfc3339(Instant at) {
    using namespace std::chrono;
    const auto day = floor<days>(at);
    const year_month_day date(day);
    const hh_mm_ss time(floor<milliseconds>(at - day));
    std::array<char, 40> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()), static_cast<int>(time.subseconds().count()));
    return buffer.data();
}

std::optional<Instant> parse_rfc3339(std::string_view text) {
    using namespace std::chrono;
    std::size_t at = 0;
    const auto y = digits(text, at, 4);
    if (!y || !skip(text, at, "-")) return std::nullopt;
    const auto mo = digits(text, at, 2);
    if (!mo || !skip(text, at, "-")) return std::nullopt;
    const auto d = digits(text, at, 2);
    if (!d || !skip(text, at, "Tt ")) return std::nullopt;
    const auto h = digits(text, at, 2);
    if (!h || !skip(text, at, ":")) return std::nullopt;
    const auto mi = digits(text, at, 2);
    if (!mi || !skip(text, at, ":")) return std::nullopt;
    const auto s = digits(text, at, 2);
    if (!s) return std::nullopt;

    std::int64_t fraction = 0;
    if (skip(text, at, ".,")) {
        std::int64_t scale = 1'000'000;
        const std::size_t first = at;
        for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
            if (scale > 1) {
                scale /= 10;
                fraction += (text[at] - '0') * scale;
            }
        }
        if (at == first) return std::nullopt;
    }

    minutes offset(0);
    if (!skip(text, at, "Zz")) {
        const bool west = at < text.size() && text[at] == '-';
        if (!skip(text, at, "+-")) return std::nullopt;
        const auto oh = digits(text, at, 2);
        skip(text, at, ":");
        const auto om = digits(text, at, 2);
        if (!oh || !om || *oh > 23 || *om > 59) return std::nullopt;
        offset = hours(*oh) + minutes(*om);
        if (west) offset = -offset;
    }
    const year_month_day date(year(*y), month(static_cast<unsigned>(*mo)), day(static_cast<unsigned>(*d)));
    // 60 is a leap second: it is read as the first second of the next minute.
    if (at != text.size() || *y < 1 || !date.ok() || *h > 23 || *mi > 59 || *s > 60) return std::nullopt;
    return Instant(sys_days(date)) + hours(*h) + minutes(*mi) + seconds(*s) + microseconds(fraction) - offset;
}

std::optional<Duration> parse_duration(std::string_view text) {
    if (text.empty()) return std::nullopt;
    std::chrono::seconds total(0);
    std::size_t unit_from = 0;
    while (!text.empty()) {
        std::int64_t count = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
        if (error != std::errc() || count < 0 || count > 1'000'000'000 || end == text.data() + text.size())
            return std::nullopt;
        std::size_t unit = unit_from;
        while (unit < kUnits.size() && kUnits[unit].letter != *end) ++unit;
        if (unit == kUnits.size()) return std::nullopt;
        total += count * kUnits[unit].length;
        unit_from = unit + 1;
        text.remove_prefix(static_cast<std::size_t>(end + 1 - text.data()));
    }
    return total;
}

std::string to_duration_text(Duration duration) {
    auto left = std::chrono::duration_cast<std::chrono::seconds>(duration);
    std::string text;
    for (const auto& unit : kUnits) {
        const auto count = left / unit.length;
        if (count == 0) continue;
        text += std::to_string(count) + unit.letter;
        left -= count * unit.length;
    }
    return text.empty() ? "0s" : text;
}

}  // namespace rasid

#include "core/customer.hpp"

#include <array>
#include <charconv>
#include <cstdio>
#include <unicode/unistr.h>

namespace rasid {

std::string to_string(Date date) {
    std::array<char, 32> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return buffer.data();
}

std::optional<Date> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto number = [&](std::size_t from, std::size_t count) -> std::optional<int> {
        int value = 0;
        const char* end = text.data() + from + count;
        const auto parsed = std::from_chars(text.data() + from, end, value);
        if (parsed.ec != std::errc() || parsed.ptr != end || value < 0) return std::nullopt;
        return value;
    };
    const auto year = number(0, 4);
    const auto month = number(5, 2);
    const auto day = number(8, 2);
    if (!year || !month || !day || *year == 0) return std::nullopt;
    const Date date(std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                    std::chrono::day(static_cast<unsigned>(*day)));
    if (!date.ok()) return std::nullopt;
    return date;
}

Date utc_date(Instant at) { return Date(std::chrono::floor<std::chrono::days>(at)); }

std::string fold_handle(std::string_view handle) {
    while (!handle.empty() && handle.front() == '@') handle.remove_prefix(1);
    std::string folded;
    icu::UnicodeString::fromUTF8(icu::StringPiece(handle.data(), static_cast<int>(handle.size())))
        .foldCase()
        .toUTF8String(folded);
    return folded;
}

std::optional<QuietPeriod> parse_quiet(std::string_view text) {
    const auto trimmed = [](std::string_view part) {
        while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
        while (!part.empty() && part.back() == ' ') part.remove_suffix(1);
        return part;
    };
    const auto days = text.substr(0, text.find('='));
    const auto slash = days.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const auto from = parse_date(trimmed(days.substr(0, slash)));
    const auto to = parse_date(trimmed(days.substr(slash + 1)));
    if (!from || !to || *to < *from) return std::nullopt;
    const auto reason = days.size() == text.size() ? std::string_view() : trimmed(text.substr(days.size() + 1));
    return QuietPeriod{.from = *from, .to = *to, .reason = std::string(reason)};
}

std::string print_quiet(const QuietPeriod& period) {
    return to_string(period.from) + "/" + to_string(period.to) + (period.reason.empty() ? "" : "=" + period.reason);
}

}  // namespace rasid

#include "connectors/sources/feed_date.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <chrono>
#include <string>
#include <vector>

namespace rasid {
namespace {

struct Parts {
    std::optional<int> year;
    std::optional<int> month;
    std::optional<int> day;
    std::optional<std::chrono::seconds> time;
    std::chrono::minutes offset{0};
    bool afternoon = false;
    bool forenoon = false;
};

bool digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c); });
}

std::optional<int> number(std::string_view text) {
    int value = 0;
    if (!digits(text) || text.size() > 6) return std::nullopt;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::optional<int> month_named(std::string_view word) {
    constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                          "jul", "aug", "sep", "oct", "nov", "dec"};
    if (word.size() < 3) return std::nullopt;
    for (std::size_t i = 0; i < kMonths.size(); ++i)
        if (word.starts_with(kMonths[i])) return static_cast<int>(i) + 1;
    return std::nullopt;
}

std::optional<std::chrono::minutes> zone_named(std::string_view word) {
    struct Zone {
        std::string_view name;
        int hours;
    };
    constexpr std::array<Zone, 19> kZones = {{{"z", 0},
                                              {"ut", 0},
                                              {"utc", 0},
                                              {"gmt", 0},
                                              {"wet", 0},
                                              {"bst", 1},
                                              {"cet", 1},
                                              {"west", 1},
                                              {"cest", 2},
                                              {"eet", 2},
                                              {"eest", 3},
                                              {"msk", 3},
                                              {"est", -5},
                                              {"edt", -4},
                                              {"cst", -6},
                                              {"cdt", -5},
                                              {"mst", -7},
                                              {"mdt", -6},
                                              {"pst", -8}}};
    if (word == "pdt") return std::chrono::hours(-7);
    for (const auto& zone : kZones)
        if (zone.name == word) return std::chrono::hours(zone.hours);
    return std::nullopt;
}

/// +0300, +03:00, +3, -0530.
std::optional<std::chrono::minutes> zone_offset(std::string_view text) {
    const bool west = text.starts_with('-');
    if (!west && !text.starts_with('+')) return std::nullopt;
    text.remove_prefix(1);
    std::string_view hour = text;
    std::string_view minute = "0";
    if (auto colon = text.find(':'); colon != std::string_view::npos) {
        hour = text.substr(0, colon);
        minute = text.substr(colon + 1);
    } else if (text.size() > 2) {
        hour = text.substr(0, text.size() - 2);
        minute = text.substr(text.size() - 2);
    }
    auto h = number(hour);
    auto m = number(minute);
    if (!h || !m || *h > 14 || *m > 59) return std::nullopt;
    const std::chrono::minutes offset = std::chrono::hours(*h) + std::chrono::minutes(*m);
    return west ? -offset : offset;
}

/// 9:05, 09:05:07, 09:05:07.123.
std::optional<std::chrono::seconds> time_of_day(std::string_view text) {
    std::array<int, 3> parts{};
    std::size_t count = 0;
    while (count < parts.size()) {
        auto end = std::min(text.find(':'), text.size());
        auto piece = text.substr(0, end);
        auto value = number(piece.substr(0, piece.find_first_of(".,")));
        if (!value) return std::nullopt;
        parts[count++] = *value;
        if (end == text.size()) break;
        text.remove_prefix(end + 1);
    }
    if (count < 2 || parts[0] > 24 || parts[1] > 59 || parts[2] > 60) return std::nullopt;
    return std::chrono::hours(parts[0]) + std::chrono::minutes(parts[1]) + std::chrono::seconds(std::min(parts[2], 59));
}

int full_year(int year, std::size_t length) {
    if (length == 2) return year < 50 ? 2000 + year : 1900 + year;
    return length == 3 ? 1900 + year : year;
}

std::optional<Instant> assemble(const Parts& parts) {
    using namespace std::chrono;
    if (!parts.year) return std::nullopt;
    const year_month_day date(year(*parts.year), month(static_cast<unsigned>(parts.month.value_or(1))),
                              day(static_cast<unsigned>(parts.day.value_or(1))));
    if (!date.ok() || *parts.year < 1 || *parts.year > 9999) return std::nullopt;
    auto time = parts.time.value_or(0s);
    if (parts.afternoon && time < 12h) time += 12h;
    if (parts.forenoon && time >= 12h && time < 13h) time -= 12h;
    return Instant(sys_days(date)) + time - parts.offset;
}

/// 2026, 2026-03, 2026-03-01, 20260301, each with or without a time and a zone behind it.
std::optional<Instant> iso_date(std::string_view text) {
    Parts parts;
    auto day_end = std::min(text.find_first_of("Tt "), text.size());
    auto date = text.substr(0, day_end);
    auto rest = text.substr(std::min(day_end + 1, text.size()));
    if (digits(date) && date.size() == 8) {
        parts.year = number(date.substr(0, 4));
        parts.month = number(date.substr(4, 2));
        parts.day = number(date.substr(6, 2));
    } else {
        if (date.size() < 4 || !digits(date.substr(0, 4)) || (date.size() > 4 && date[4] != '-' && date[4] != '/'))
            return std::nullopt;
        parts.year = number(date.substr(0, 4));
        if (date.size() > 4) {
            auto tail = date.substr(5);
            auto dash = std::min(tail.find_first_of("-/"), tail.size());
            parts.month = number(tail.substr(0, dash));
            if (!parts.month) return std::nullopt;
            if (dash < tail.size()) {
                parts.day = number(tail.substr(dash + 1));
                if (!parts.day) return std::nullopt;
            }
        }
    }
    while (rest.starts_with(' ')) rest.remove_prefix(1);
    if (!rest.empty()) {
        auto time_end = std::min(rest.find_first_of("Zz+- "), rest.size());
        parts.time = time_of_day(rest.substr(0, time_end));
        auto zone = rest.substr(time_end);
        while (zone.starts_with(' ')) zone.remove_prefix(1);
        parts.offset = zone_offset(zone).value_or(std::chrono::minutes(0));
    }
    return assemble(parts);
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    auto flush = [&] {
        if (!word.empty()) words.push_back(std::move(word));
        word.clear();
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        // The dash of 01-Mar-26 separates; that of -0500 is a sign.
        const bool sign = (c == '-' || c == '+') && !word.empty() &&
                          !std::isalpha(static_cast<unsigned char>(word.back())) && word.find(':') != std::string::npos;
        if (std::isspace(c) || c == ',' || c == '(' || c == ')')
            flush();
        else if (c == '-' && !word.empty() && word.find(':') == std::string::npos && word != "gmt" && word != "utc")
            flush();
        else if (sign || ((c == '+' || c == '-') && (word == "gmt" || word == "utc")))
            flush(), word += static_cast<char>(c);
        else
            word += static_cast<char>(std::tolower(c));
    }
    flush();
    return words;
}

std::optional<Instant> worded_date(std::string_view text) {
    Parts parts;
    for (const auto& word : words_of(text)) {
        if (auto month = month_named(word); month && !parts.month)
            parts.month = month;
        else if (word.find(':') != std::string::npos && !word.starts_with('+') && !word.starts_with('-')) {
            // "10:00:00PM" carries its half of the day with it.
            std::string_view clock = word;
            if (clock.ends_with("pm"))
                parts.afternoon = true, clock.remove_suffix(2);
            else if (clock.ends_with("am"))
                parts.forenoon = true, clock.remove_suffix(2);
            else if (clock.ends_with("z"))
                clock.remove_suffix(1);
            if (auto time = time_of_day(clock); time && !parts.time) parts.time = time;
        } else if (auto offset = zone_offset(word))
            parts.offset = *offset;
        else if (auto zone = zone_named(word))
            parts.offset = *zone;
        else if (word == "pm")
            parts.afternoon = true;
        else if (word == "am")
            parts.forenoon = true;
        else {
            std::string_view figure = word;
            for (std::string_view ending : {"st", "nd", "rd", "th"})
                if (figure.ends_with(ending)) figure.remove_suffix(2);
            auto value = number(figure);
            if (!value) continue;
            if (!parts.day && figure.size() <= 2 && *value >= 1 && *value <= 31)
                parts.day = value;
            else if (!parts.year)
                parts.year = full_year(*value, figure.size());
        }
    }
    return parts.month && parts.day ? assemble(parts) : std::nullopt;
}

}  // namespace

std::optional<Instant> parse_feed_date(std::string_view text) {
    constexpr std::size_t kLongest = 100;
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front()))) text.remove_prefix(1);
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back()))) text.remove_suffix(1);
    if (text.empty() || text.size() > kLongest) return std::nullopt;
    if (auto exact = parse_rfc3339(text)) return exact;
    if (auto iso = iso_date(text)) return iso;
    return worded_date(text);
}

}  // namespace rasid

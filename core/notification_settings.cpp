#include "core/notification_settings.hpp"

#include "core/setup_people.hpp"
#include "core/toml.hpp"
#include "core/toml_print.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace rasid {
namespace {

constexpr std::array<std::string_view, 7> kDays = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
constexpr std::int64_t kMostMails = 10000;

void read_length(TomlReader& in, std::string_view key, Duration least, Duration& into) {
    const auto given = in.duration(key);
    if (!given) return;
    if (*given < least)
        in.error_at(key, "`" + std::string(key) + "` must be at least " + to_duration_text(least));
    else
        into = *given;
}

void read_count(TomlReader& in, std::string_view key, std::int64_t least, int& into) {
    const auto given = in.integer(key);
    if (!given) return;
    if (*given < least || *given > kMostMails)
        in.error_at(key, "`" + std::string(key) + "` must be a whole number from " + std::to_string(least) + " to " +
                             std::to_string(kMostMails));
    else
        into = static_cast<int>(*given);
}

void read_digest(TomlReader& in, DigestSchedule& into) {
    if (const auto text = in.string("digest")) {
        const auto minute = parse_time_of_day(*text);
        if (!minute) in.error_at("digest", "`" + *text + "` is no time of a day; write \"08:00\"");
        into.minute = minute.value_or(into.minute);
    }
    if (const auto day = in.string("week_begins")) {
        in.require_one_of("week_begins", *day, {kDays.begin(), kDays.end()});
        const auto found = std::ranges::find(kDays, *day);
        if (found != kDays.end()) into.week_begins = std::chrono::weekday(static_cast<unsigned>(found - kDays.begin()));
    }
}

}  // namespace

NotificationSettings read_notifications(TomlReader& in) {
    NotificationSettings settings;
    read_length(in, "wait", Duration(0), settings.wait);
    read_length(in, "interval", Duration(0), settings.interval);
    read_length(in, "repeat", std::chrono::minutes(5), settings.repeat);
    read_count(in, "ceiling", 1, settings.ceiling);
    read_count(in, "burst", 2, settings.burst);
    read_length(in, "burst_within", std::chrono::minutes(1), settings.burst_within);
    read_digest(in, settings.digest);
    settings.calendar = in.string("calendar").value_or("");
    return settings;
}

std::string print_notifications(const NotificationSettings& settings) {
    const NotificationSettings shipped;
    std::string out;
    const auto line = [&](std::string_view key, const std::string& value) {
        out += std::string(key) + " = " + value + "\n";
    };
    const auto length = [&](std::string_view key, Duration value, Duration usual) {
        if (value != usual) line(key, toml_quoted(to_duration_text(value)));
    };
    length("wait", settings.wait, shipped.wait);
    length("interval", settings.interval, shipped.interval);
    length("repeat", settings.repeat, shipped.repeat);
    if (settings.ceiling != shipped.ceiling) line("ceiling", std::to_string(settings.ceiling));
    if (settings.burst != shipped.burst) line("burst", std::to_string(settings.burst));
    length("burst_within", settings.burst_within, shipped.burst_within);
    if (settings.digest.minute != shipped.digest.minute)
        line("digest", toml_quoted(time_of_day(settings.digest.minute)));
    if (settings.digest.week_begins != shipped.digest.week_begins)
        line("week_begins", toml_quoted(std::string(kDays[settings.digest.week_begins.c_encoding()])));
    if (!settings.calendar.empty()) line("calendar", toml_quoted(settings.calendar));
    return out;
}

}  // namespace rasid

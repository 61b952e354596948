#include "core/notification_settings.hpp"

#include "core/setup_people.hpp"
#include "core/toml.hpp"
#include "core/toml_print.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

namespace rasid {
namespace {

constexpr std::int64_t kMostMails = 10000;

void read_digest(TomlReader& in, DigestSchedule& into) {
    if (const auto text = in.string("digest")) {
        const auto minute = parse_time_of_day(*text);
        if (!minute) in.error_at("digest", "`" + *text + "` is no time of a day; write \"08:00\"");
        into.minute = minute.value_or(into.minute);
    }
    if (const auto day = in.string("week_begins")) {
        in.require_one_of("week_begins", *day, {kWeekdayWords.begin(), kWeekdayWords.end()});
        const auto found = std::ranges::find(kWeekdayWords, *day);
        if (found != kWeekdayWords.end())
            into.week_begins = std::chrono::weekday(static_cast<unsigned>(found - kWeekdayWords.begin()));
    }
}

}  // namespace

NotificationSettings read_notifications(TomlReader& in) {
    NotificationSettings settings;
    settings.wait = in.duration_of_at_least("wait", Duration(0), settings.wait);
    settings.interval = in.duration_of_at_least("interval", Duration(0), settings.interval);
    settings.repeat = in.duration_of_at_least("repeat", std::chrono::minutes(5), settings.repeat);
    settings.ceiling = in.whole_number("ceiling", 1, kMostMails, settings.ceiling);
    settings.burst = in.whole_number("burst", 2, kMostMails, settings.burst);
    settings.burst_within = in.duration_of_at_least("burst_within", std::chrono::minutes(1), settings.burst_within);
    read_digest(in, settings.digest);
    settings.calendar = in.string("calendar").value_or("");
    return settings;
}

std::string print_notifications(const NotificationSettings& settings) {
    const NotificationSettings shipped;
    TomlLines out;
    out.unusual("wait", settings.wait, shipped.wait);
    out.unusual("interval", settings.interval, shipped.interval);
    out.unusual("repeat", settings.repeat, shipped.repeat);
    out.unusual("ceiling", settings.ceiling, shipped.ceiling);
    out.unusual("burst", settings.burst, shipped.burst);
    out.unusual("burst_within", settings.burst_within, shipped.burst_within);
    out.unusual("digest", time_of_day(settings.digest.minute), time_of_day(shipped.digest.minute));
    out.unusual("week_begins", kWeekdayWords[settings.digest.week_begins.c_encoding()],
                kWeekdayWords[shipped.digest.week_begins.c_encoding()]);
    out.unusual("calendar", settings.calendar, shipped.calendar);
    return std::move(out).take();
}

}  // namespace rasid

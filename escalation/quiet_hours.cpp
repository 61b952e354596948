#include "escalation/local_instant.hpp"
#include "escalation/notification_policy.hpp"

namespace rasid {

NotificationPreferences preferences_of(const Person& person, const std::string& time_zone) {
    return {.quiet = person.quiet,
            .time_zone = person.time_zone.empty() ? time_zone : person.time_zone,
            .updates = person.updates};
}

std::optional<Instant> quiet_until(const NotificationPreferences& preferences, Instant at) {
    if (!preferences.quiet) return std::nullopt;
    const auto* zone = find_zone(preferences.time_zone);
    if (!zone) return std::nullopt;
    const auto& quiet = *preferences.quiet;
    const auto over_midnight = std::chrono::days(quiet.to <= quiet.from ? 1 : 0);
    const auto today = local_day(*zone, at);
    for (const auto day : {today - std::chrono::days(1), today}) {
        const auto from = local_instant(*zone, day, quiet.from);
        const auto to = local_instant(*zone, day + over_midnight, quiet.to);
        if (from <= at && at < to) return to;
    }
    return std::nullopt;
}

}  // namespace rasid

#pragma once

#include "core/instant.hpp"

#include <chrono>
#include <string>

namespace rasid {

/// When digests and reports go out: at a local time of working days.
struct DigestSchedule {
    int minute = 8 * 60;  ///< of the local day
    std::chrono::weekday week_begins = std::chrono::Sunday;
    bool operator==(const DigestSchedule&) const = default;
};

/// How people are told. The values here are the shipped ones.
struct NotificationSettings {
    Duration wait = std::chrono::seconds(30);  ///< before the first mail of a group: what comes together goes together
    Duration interval = std::chrono::minutes(5);  ///< between two mails of a group
    Duration repeat = std::chrono::hours(4);      ///< an escalation that nobody acknowledges is told again
    int ceiling = 12;                             ///< mails to a person within an hour
    int burst = 5;  ///< as many tickets of one rule and brand within `burst_within` go in one mail
    Duration burst_within = std::chrono::minutes(10);
    DigestSchedule digest = {};
    std::string calendar = {};  ///< whose working days digests keep; empty: every day, by the workspace's clock

    bool operator==(const NotificationSettings&) const = default;
};

class TomlReader;

/// Reads the table [notifications]; what it does not name stays as it is shipped. Errors go to the reader.
NotificationSettings read_notifications(TomlReader& in);

/// Its lines in TOML: what differs from the shipped values, empty where nothing does.
std::string print_notifications(const NotificationSettings& settings);

}  // namespace rasid

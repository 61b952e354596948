#pragma once

#include "core/setup.hpp"

#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace rasid {

enum class NotificationKind { escalation, update };

/// Something to tell one person.
struct Notification {
    std::string key = {};    ///< the same key is told once
    std::string group = {};  ///< what goes into one mail: a ticket, or rule and brand of a burst
    std::string ticket = {};
    NotificationKind kind = NotificationKind::escalation;
    Priority priority = Priority::normal;
    Instant at = {};
    std::string says = {};  ///< what it tells in short; an update that says what the one before said is none
};

struct NotificationSettings {
    Duration wait = std::chrono::seconds(30);  ///< before the first mail of a group: what comes together goes together
    Duration interval = std::chrono::minutes(5);  ///< between two mails of a group
    Duration repeat = std::chrono::hours(4);      ///< an escalation that nobody acknowledges is told again
    int ceiling = 12;                             ///< mails to a person within an hour
};

struct NotificationPreferences {
    std::optional<DayInterval> quiet = {};  ///< minutes of the local day; `to` before `from` reaches over midnight
    std::string time_zone = "UTC";
    bool updates = true;  ///< escalations are duty and cannot be switched off here
};

/// What is on its way to one person. Owned by the caller, who keeps it between turns.
struct PersonInbox {
    struct Group {
        std::string group = {};
        std::vector<Notification> waiting = {};
        std::optional<Instant> last_sent = {};
        std::vector<Notification> unanswered = {};  ///< escalations told and not acknowledged
        std::string last_said = {};
        std::deque<std::string> told = {};  ///< keys, the newest 200
    };
    std::vector<Group> groups = {};
    std::deque<Instant> sent = {};  ///< mails of the past hour
    std::optional<Instant> last_summary = {};
    std::optional<Instant> ceiling_since = {};  ///< since when something waits for it
};

struct NotificationMail {
    enum class Kind {
        group,        ///< of one group
        repeat,       ///< the same again, since nobody has acknowledged
        after_quiet,  ///< all that quiet hours held, in one mail
        summary,      ///< "and 23 more": what went over the ceiling, in one mail
    };
    Kind kind = Kind::group;
    std::string group = {};  ///< of `group` and `repeat`
    std::vector<Notification> about = {};
    std::string why = {};  ///< why he gets it and why then, in English
};

struct NotificationTurn {
    PersonInbox after = {};
    std::vector<NotificationMail> mails = {};  ///< critical ones first
    std::optional<Instant> next = {};          ///< when to decide again, if nothing comes in before
};

/// The inbox with one more notification; as it was where the key was told before or the update says nothing new, or
/// where the person wants no updates.
PersonInbox with_notification(PersonInbox inbox, const NotificationPreferences& preferences, Notification notification);

/// Somebody acknowledged or resolved the ticket: nothing of it is repeated, and escalations of it that wait are
/// dropped.
PersonInbox without_ticket(PersonInbox inbox, const std::string& ticket);

/// What is sent at `now`. Quiet hours hold everything but critical escalations; the ceiling holds everything, and at
/// most one summary an hour tells of what it held.
NotificationTurn decide_mails(PersonInbox inbox, const NotificationSettings& settings,
                              const NotificationPreferences& preferences, Instant now);

/// When the quiet hours that `at` lies in are over; nullopt: it lies in none.
std::optional<Instant> quiet_until(const NotificationPreferences& preferences, Instant at);

}  // namespace rasid

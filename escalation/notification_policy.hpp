#pragma once

#include "core/notification.hpp"
#include "core/setup.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rasid {

struct NotificationPreferences {
    std::optional<DayInterval> quiet = {};  ///< minutes of the local day; `to` before `from` reaches over midnight
    std::string time_zone = "UTC";
    bool updates = true;  ///< escalations are duty and cannot be switched off here
};

/// What a person has chosen; without a time zone of his own he lives by the workspace's.
NotificationPreferences preferences_of(const Person& person, const std::string& time_zone);

struct NotificationMail {
    enum class Kind {
        group,        ///< of one group
        repeat,       ///< the same again, since nobody has acknowledged
        burst,        ///< many tickets of one rule and brand within minutes, in one mail
        after_quiet,  ///< all that quiet hours held, in one mail
        summary,      ///< "and 23 more": what went over the ceiling, in one mail
    };
    Kind kind = Kind::group;
    std::string group = {};  ///< of `group` and `repeat`
    std::string burst = {};  ///< of `burst`
    std::vector<Notification> about = {};
    std::string why = {};  ///< why he gets it and why then, in English
};

struct NotificationTurn {
    PersonInbox after = {};
    std::vector<NotificationMail> mails = {};  ///< critical ones first
    std::optional<Instant> next = {};          ///< when to decide again, if nothing comes in before
};

/// The inbox with one more notification. As it was where the key was told before or an update says nothing new, where
/// the person wants no updates, or was never told what it is an update of.
PersonInbox with_notification(PersonInbox inbox, const NotificationPreferences& preferences, Notification notification);

/// Somebody acknowledged or resolved the ticket: nothing of it is repeated, and escalations of it that wait are
/// dropped.
PersonInbox without_ticket(PersonInbox inbox, const std::string& ticket);

/// What is sent at `now`. Quiet hours hold everything but critical escalations. Once a burst is told of, its further
/// tickets share one mail an interval. The ceiling holds everything, and at most one summary an hour tells of what it
/// held.
NotificationTurn decide_mails(PersonInbox inbox, const NotificationSettings& settings,
                              const NotificationPreferences& preferences, Instant now);

/// When the quiet hours that `at` lies in are over; nullopt: it lies in none.
std::optional<Instant> quiet_until(const NotificationPreferences& preferences, Instant at);

}  // namespace rasid

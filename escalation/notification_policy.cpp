#include "escalation/notification_policy.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

namespace rasid {
namespace {

using Group = PersonInbox::Group;
using MailKind = NotificationMail::Kind;

constexpr std::size_t kKeysKept = 200;
constexpr std::chrono::hours kCeilingWindow{1};
constexpr std::chrono::days kForgotten{7};

/// What the group would tell next is so grave that it waits for nothing.
bool critical(const Group& group) {
    return std::ranges::any_of(group.waiting.empty() ? group.unanswered : group.waiting, [](const Notification& each) {
        return each.kind == NotificationKind::escalation && each.priority == Priority::critical;
    });
}

/// When a group may be told, quiet hours and ceiling apart; nullopt: there is nothing to tell.
std::optional<Instant> due_at(const Group& group, const NotificationSettings& settings) {
    if (!group.waiting.empty()) {
        const auto gathered = group.waiting.front().at + settings.wait;
        return group.last_sent ? std::max(gathered, *group.last_sent + settings.interval) : gathered;
    }
    if (!group.unanswered.empty() && group.last_sent) return *group.last_sent + settings.repeat;
    return std::nullopt;
}

std::vector<Notification> take(Group& group, Instant now) {
    auto about = group.waiting.empty() ? group.unanswered : std::exchange(group.waiting, {});
    for (const auto& notification : about) {
        if (notification.kind != NotificationKind::escalation) continue;
        if (std::ranges::find(group.unanswered, notification.key, &Notification::key) == group.unanswered.end())
            group.unanswered.push_back(notification);
    }
    group.last_sent = now;
    return about;
}

/// What burst the group's next mail belongs to; empty: none.
const std::string& burst_of(const Group& group) {
    static const std::string none;
    const auto& next = group.waiting.empty() ? group.unanswered : group.waiting;
    const auto escalation = std::ranges::find(next, NotificationKind::escalation, &Notification::kind);
    return escalation == next.end() ? none : escalation->burst;
}

bool escalated_since(const Group& group, const std::string& burst, Instant since) {
    const auto fits = [&](const Notification& each) {
        return each.kind == NotificationKind::escalation && each.burst == burst && each.at >= since;
    };
    return std::ranges::any_of(group.waiting, fits) || std::ranges::any_of(group.unanswered, fits);
}

std::string_view why(MailKind kind) {
    switch (kind) {
    case MailKind::group:
        return "a step of the ladder names you, or you were told of this ticket before";
    case MailKind::repeat:
        return "you were told before, and nobody has acknowledged it";
    case MailKind::burst:
        return "many tickets of one rule came within minutes, and steps of the ladder name you";
    case MailKind::after_quiet:
        return "this came while you had quiet hours";
    case MailKind::summary:
        return "this came after as many mails as you get within an hour";
    }
    return {};
}

class Deciding {
public:
    Deciding(PersonInbox inbox, const NotificationSettings& settings, const NotificationPreferences& preferences,
             Instant now)
        : settings_(settings), quiet_until_(quiet_until(preferences, now)), preferences_(preferences), now_(now) {
        turn_.after = std::move(inbox);
    }

    NotificationTurn decide() && {
        tidy();
        auto ready = ready_groups();
        // News before repetitions, and of equals what has waited longest.
        std::ranges::stable_sort(ready, {}, [&](const Group* group) {
            return std::tuple(!critical(*group), group->waiting.empty(), *due_at(*group, settings_));
        });
        release_quiet(ready);
        std::vector<Group*> held;
        for (const auto& unit : units_of(ready)) {
            if (at_ceiling())
                held.insert(held.end(), unit.begin(), unit.end());
            else
                send_unit(unit);
        }
        summarise(held);
        if (!held.empty() && !turn_.after.sent.empty()) wake(turn_.after.sent.front() + kCeilingWindow);
        return std::move(turn_);
    }

private:
    bool at_ceiling() const { return static_cast<int>(turn_.after.sent.size()) >= settings_.ceiling; }

    /// A clock that was set back must not leave mails waiting for a moment that has been.
    void tidy() {
        auto& inbox = turn_.after;
        std::erase_if(inbox.sent, [&](Instant at) { return at <= now_ - kCeilingWindow || at > now_; });
        const auto not_ahead = [&](std::optional<Instant>& at) {
            if (at) at = std::min(*at, now_);
        };
        not_ahead(inbox.last_summary);
        not_ahead(inbox.ceiling_since);
        for (auto& group : inbox.groups) {
            not_ahead(group.last_sent);
            for (auto& notification : group.waiting) notification.at = std::min(notification.at, now_);
        }
        for (auto& burst : inbox.bursts) burst.last_sent = std::min(burst.last_sent, now_);
        std::erase_if(inbox.bursts, [&](const PersonInbox::Burst& burst) {
            return burst.last_sent + std::max(settings_.burst_within, settings_.interval) <= now_;
        });
        std::erase_if(inbox.groups, [&](const Group& group) {
            const bool idle = group.waiting.empty() && group.unanswered.empty();
            return idle && (!group.last_sent || *group.last_sent + kForgotten <= now_);
        });
    }

    void wake(Instant at) { turn_.next = turn_.next ? std::min(*turn_.next, at) : at; }

    std::vector<Group*> ready_groups() {
        std::vector<Group*> ready;
        for (auto& group : turn_.after.groups) {
            const auto due = due_at(group, settings_);
            if (!due) continue;
            if (*due > now_) {
                wake(*due);
            } else if (quiet_until_ && !critical(group)) {
                wake(*quiet_until_);
            } else {
                ready.push_back(&group);
            }
        }
        return ready;
    }

    /// A night's worth of mails would come at the stroke of the hour; one mail tells them all.
    void release_quiet(std::vector<Group*>& ready) {
        std::vector<Group*> were_quiet;
        for (Group* group : ready) {
            const bool was_quiet = quiet_until(preferences_, *due_at(*group, settings_)).has_value();
            if (was_quiet && !critical(*group)) were_quiet.push_back(group);
        }
        if (were_quiet.size() < 2 || at_ceiling()) return;
        std::erase_if(ready, [&](Group* group) { return std::ranges::find(were_quiet, group) != were_quiet.end(); });
        send(MailKind::after_quiet, were_quiet);
    }

    /// Whether so many tickets of it came in so short a time, or are repeated at once.
    bool is_burst(const std::string& burst, std::size_t ready) const {
        const auto since = now_ - settings_.burst_within;
        const auto came = std::ranges::count_if(
            turn_.after.groups, [&](const Group& group) { return escalated_since(group, burst, since); });
        return std::max<std::int64_t>(came, static_cast<std::int64_t>(ready)) >= settings_.burst;
    }

    /// What goes in one mail each: the ready groups of a burst together where the first of them stands, others alone.
    /// A burst that was told of less than an interval ago waits.
    std::vector<std::vector<Group*>> units_of(const std::vector<Group*>& ready) {
        std::map<std::string_view, std::vector<Group*>> bursts;
        for (Group* group : ready) {
            if (const auto& burst = burst_of(*group); !burst.empty()) bursts[burst].push_back(group);
        }
        std::erase_if(bursts, [&](const auto& each) { return !is_burst(std::string(each.first), each.second.size()); });
        std::vector<std::vector<Group*>> units;
        for (Group* group : ready) {
            const auto found = bursts.find(burst_of(*group));
            if (found == bursts.end()) {
                units.push_back({group});
            } else if (found->second.front() == group) {
                const auto told = std::ranges::find(turn_.after.bursts, found->first, &PersonInbox::Burst::burst);
                const bool waits = told != turn_.after.bursts.end() && told->last_sent + settings_.interval > now_;
                if (waits)
                    wake(told->last_sent + settings_.interval);
                else
                    units.push_back(found->second);
            }
        }
        return units;
    }

    void send_unit(const std::vector<Group*>& unit) {
        const auto burst = burst_of(*unit.front());
        if (!burst.empty() && is_burst(burst, unit.size())) {
            auto& told = turn_.after.bursts;
            std::erase_if(told, [&](const PersonInbox::Burst& each) { return each.burst == burst; });
            told.push_back({burst, now_});
        }
        if (unit.size() > 1)
            send(MailKind::burst, unit);
        else
            send(unit.front()->waiting.empty() ? MailKind::repeat : MailKind::group, unit);
    }

    void send(MailKind kind, const std::vector<Group*>& groups) {
        NotificationMail mail{.kind = kind, .why = std::string(why(kind))};
        if (kind == MailKind::group || kind == MailKind::repeat) mail.group = groups.front()->group;
        if (kind == MailKind::burst) mail.burst = burst_of(*groups.front());
        for (Group* group : groups) {
            auto about = take(*group, now_);
            std::ranges::move(about, std::back_inserter(mail.about));
            if (!group->unanswered.empty()) wake(now_ + settings_.repeat);
        }
        turn_.mails.push_back(std::move(mail));
        turn_.after.sent.push_back(now_);
    }

    /// Waits for a moment, so that it tells of many.
    void summarise(std::vector<Group*>& held) {
        auto& inbox = turn_.after;
        if (held.empty()) {
            inbox.ceiling_since.reset();
            return;
        }
        if (!inbox.ceiling_since) inbox.ceiling_since = now_;
        auto due = *inbox.ceiling_since + settings_.interval;
        if (inbox.last_summary) due = std::max(due, *inbox.last_summary + kCeilingWindow);
        if (due > now_) {
            wake(due);
            return;
        }
        send(MailKind::summary, held);
        inbox.last_summary = now_;
        inbox.ceiling_since.reset();
        held.clear();
    }

    const NotificationSettings& settings_;
    std::optional<Instant> quiet_until_;
    const NotificationPreferences& preferences_;
    Instant now_;
    NotificationTurn turn_ = {};
};

}  // namespace

PersonInbox with_notification(PersonInbox inbox, const NotificationPreferences& preferences,
                              Notification notification) {
    const bool update = notification.kind == NotificationKind::update;
    auto group = std::ranges::find(inbox.groups, notification.group, &Group::group);
    const bool was_told = group != inbox.groups.end() && group->last_sent;
    if (update && (!preferences.updates || !was_told)) return inbox;
    if (group == inbox.groups.end())
        group = inbox.groups.insert(inbox.groups.end(), Group{.group = notification.group});
    if (std::ranges::find(group->told, notification.key) != group->told.end()) return inbox;
    if (update && notification.says == group->last_said) return inbox;
    group->told.push_back(notification.key);
    if (group->told.size() > kKeysKept) group->told.pop_front();
    group->last_said = notification.says;
    group->waiting.push_back(std::move(notification));
    return inbox;
}

PersonInbox without_ticket(PersonInbox inbox, const std::string& ticket) {
    for (auto& group : inbox.groups) {
        std::erase_if(group.unanswered, [&](const Notification& each) { return each.ticket == ticket; });
        std::erase_if(group.waiting, [&](const Notification& each) {
            return each.ticket == ticket && each.kind == NotificationKind::escalation;
        });
    }
    return inbox;
}

NotificationTurn decide_mails(PersonInbox inbox, const NotificationSettings& settings,
                              const NotificationPreferences& preferences, Instant now) {
    return Deciding(std::move(inbox), settings, preferences, now).decide();
}

}  // namespace rasid

#pragma once

#include "core/failure.hpp"
#include "core/instant.hpp"
#include "core/ticket.hpp"
#include "core/verdict.hpp"

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

enum class NotificationKind {
    escalation,
    update,    ///< what became of an escalation that he was told of
    personal,  ///< meant for him: a note names him, a reply waits for his word, or came back to him
};

/// Something to tell one person.
struct Notification {
    std::string key = {};    ///< the same key is told once
    std::string group = {};  ///< what goes into one mail: a ticket
    std::string ticket = {};
    NotificationKind kind = NotificationKind::escalation;
    Priority priority = Priority::normal;
    Instant at = {};
    std::string says = {};   ///< what it tells in short; an update that says what the one before said is none
    std::string burst = {};  ///< rule and brand: many at once go in one mail; empty: never
    std::optional<Target> target = {};  ///< of an escalation
    int percent = 0;                    ///< of the target that had passed

    bool operator==(const Notification&) const = default;
};

/// What is on its way to one person. Kept by the store between turns.
struct PersonInbox {
    struct Group {
        std::string group = {};
        std::vector<Notification> waiting = {};
        std::optional<Instant> last_sent = {};
        std::vector<Notification> unanswered = {};  ///< escalations told and not acknowledged
        std::string last_said = {};
        std::deque<std::string> told = {};  ///< keys, the newest 200

        bool operator==(const Group&) const = default;
    };
    struct Burst {
        std::string burst = {};
        Instant last_sent = {};

        bool operator==(const Burst&) const = default;
    };
    std::vector<Group> groups = {};
    std::vector<Burst> bursts = {};
    std::deque<Instant> sent = {};  ///< mails of the past hour
    std::optional<Instant> last_summary = {};
    std::optional<Instant> ceiling_since = {};  ///< since when something waits for it

    bool operator==(const PersonInbox&) const = default;
};

std::string print_inbox(const PersonInbox& inbox);
Result<PersonInbox> parse_inbox(std::string_view json);

}  // namespace rasid

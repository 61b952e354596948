#pragma once

#include "core/mention.hpp"
#include "core/verdict.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// A promised time.
enum class Target {
    first_response,   ///< the ticket was opened → a person answers in public
    resolution,       ///< the ticket was opened → it is resolved
    next_response,    ///< the oldest message of the customer that nobody has answered → a person answers
    periodic_update,  ///< a person's answer → his next one, while the ticket is open
};
std::string_view to_string(Target target);
std::optional<Target> parse_target(std::string_view word);

enum class ClockState { running, paused, met, breached };
std::string_view to_string(ClockState state);

/// The running state of one target of one ticket.
struct TargetClock {
    Target target = Target::first_response;
    Instant started_at = {};
    Duration length = {};  ///< working time promised
    Instant due_at = {};   ///< UTC, through the calendar's hours and holidays
    std::string calendar = {};
    std::optional<Instant> met_at = {};
    std::optional<Instant> breached_at = {};  ///< stays when the target is met late

    bool done() const { return met_at.has_value(); }
    bool operator==(const TargetClock&) const = default;
};

enum class TicketState { open, resolved };
std::string_view to_string(TicketState state);

enum class TicketEventKind {
    opened,
    joined,        ///< a further mention of the conversation
    assigned,      ///< to `person`
    released,      ///< nobody has it
    acknowledged,  ///< the ladder stops
    reply_queued,  ///< waits out its hold in the outbox
    replied,       ///< published; `refers_to` the queued event, or empty for an answer given on the platform itself
    reply_failed,  ///< the queued reply or action was not done; `refers_to` the queued event, `text` why
    answered_elsewhere,  ///< answered by other means
    noted,
    priority_changed,
    resolved,
    reopened,
    undone,         ///< `refers_to` the event that no longer counts
    notified,       ///< a step of the ladder was sent on its way; `refers_to` the outbox item
    breached,       ///< `target` passed unmet
    acted,          ///< reshare, like or hide was done; `text` says which, `refers_to` the queued event
    action_queued,  ///< reshare, like or hide waits out its hold in the outbox; `text` says which
};
std::string_view to_string(TicketEventKind kind);
std::optional<TicketEventKind> parse_ticket_event_kind(std::string_view word);

/// What a ticket starts with.
struct Opening {
    std::string queue = {};
    std::string brand = {};
    std::string platform = {};
    std::string source = {};
    Author author = {};
    std::string conversation = {};
    std::string customer = {};
    Priority priority = Priority::normal;
    std::string ladder = {};
    std::string rule = {};  ///< the rule that routed it
    std::vector<std::string> tags = {};
    std::vector<std::string> reasons = {};
    std::vector<TargetClock> clocks = {};

    bool operator==(const Opening&) const = default;
};

/// One thing that happened to a ticket; appended, never changed.
struct TicketEvent {
    std::string id = {};
    std::string ticket = {};
    std::int64_t sequence = 0;  ///< 1, 2, 3… within the ticket; the order that counts
    Instant at = {};
    std::string actor = {};  ///< id of a person; empty: Rasid itself, or the author of the mention
    TicketEventKind kind = TicketEventKind::noted;
    std::string mention = {};  ///< opened, joined, replied on the platform: id of the stored mention
    std::string person = {};
    std::string text = {};
    std::string refers_to = {};
    std::optional<Target> target = {};
    int percent = 0;  ///< notified: the step's share of the target
    std::optional<Priority> priority = {};
    std::optional<Opening> opening = {};

    bool operator==(const TicketEvent&) const = default;
};

/// One conversation with one author that somebody must handle: the fold over its events, kept for reading.
struct Ticket {
    std::string id = {};
    std::int64_t number = 0;   ///< what people say: #4821. 0 until the store has given one
    std::int64_t version = 0;  ///< sequence of its last event
    TicketState state = TicketState::open;
    Priority priority = Priority::normal;
    std::string queue = {};
    std::string brand = {};
    std::string ladder = {};
    std::string platform = {};
    std::string source = {};
    Author author = {};
    std::string conversation = {};
    std::string customer = {};  ///< empty: not a known customer
    std::string rule = {};
    std::vector<std::string> tags = {};
    std::vector<std::string> reasons = {};
    std::vector<TargetClock> clocks = {};
    std::string assignee = {};         ///< person id
    std::string acknowledged_by = {};  ///< person id; empty: the ladder goes on
    std::optional<Instant> acknowledged_at = {};
    std::string first_mention = {};   ///< id of the stored mention that opened it
    std::string latest_mention = {};  ///< id of the newest inbound one
    std::int64_t mentions = 0;
    std::string pending_reply = {};          ///< id of the reply_queued event that waits, if any
    std::vector<std::string> notified = {};  ///< ladder steps taken: "first_response/50", so that none is taken twice
    Instant opened_at = {};
    Instant updated_at = {};

    // When somebody or something must look again; derived, kept for the store's indexes.
    std::optional<Instant> due_at = {};    ///< nearest target not met, of an open ticket
    std::optional<Instant> soon_at = {};   ///< from here on it counts as due soon
    std::optional<Instant> check_at = {};  ///< next ladder step or breach

    bool operator==(const Ticket&) const = default;
};

/// Events to append together with the ticket they lead to.
struct TicketChange {
    Ticket after = {};
    std::int64_t expected_version = 0;  ///< version the change was computed from; 0: a new ticket
    std::vector<TicketEvent> events = {};
};

}  // namespace rasid

#pragma once

#include "core/mention.hpp"
#include "core/setup.hpp"
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
    call,             ///< a call or meeting was planned → it was held; its time is the one that was planned
    check_back,       ///< a dispute was agreed on → somebody asked whether it holds, by the date agreed on
};
std::string_view to_string(Target target);
std::optional<Target> parse_target(std::string_view word);

enum class ClockState { running, paused, met, breached };
std::string_view to_string(ClockState state);

/// One promise as it was when it was given. The calendar is a copy, so that what it led to can be computed again after
/// the setup has changed.
struct PromisedTarget {
    Target target = Target::first_response;
    Duration length = {};    ///< working time of `calendar`
    Calendar calendar = {};  ///< without hours: calendar minutes, round the clock

    bool operator==(const PromisedTarget&) const = default;
};

/// One clock: a promise and what became of it. First response runs once; every unanswered message, every update and
/// every life of a ticket after its first has a round of its own, so that a verdict given is never overwritten.
struct TargetClock {
    Target target = Target::first_response;
    int round = 1;
    Instant started_at = {};
    Duration length = {};                       ///< working time promised for this round
    std::string calendar = {};                  ///< name; empty: calendar minutes
    std::optional<Instant> running_since = {};  ///< absent while it stands still and once it is met
    std::optional<Instant> due_at = {};         ///< UTC; absent while it stands still without a verdict
    std::optional<Instant> met_at = {};         ///< fulfilled, in time or late
    std::optional<Instant> breached_at = {};    ///< stays when the target is met late
    Duration used = {};                         ///< working time that has counted, before `running_since`
    Duration paused = {};          ///< working time that a status took out, without a pause that still lasts
    bool kept_by_pausing = false;  ///< met in time, and late had nobody paused it

    bool open() const { return !met_at; }
    bool operator==(const TargetClock&) const = default;
};

/// Whose turn it is.
enum class TicketStatus { active, waiting_for_customer, on_hold };
std::string_view to_string(TicketStatus status);
std::optional<TicketStatus> parse_ticket_status(std::string_view word);

/// How long somebody's status kept a ticket from being due, in minutes of the wall clock.
struct PausedBy {
    std::string person = {};
    Duration total = {};
    bool operator==(const PausedBy&) const = default;
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
    undone,          ///< `refers_to` the event that no longer counts
    notified,        ///< a step of the ladder was sent on its way; `refers_to` the outbox item
    breached,        ///< `target` passed unmet
    acted,           ///< reshare, like or hide was done; `text` says which, `refers_to` the queued event
    action_queued,   ///< reshare, like or hide waits out its hold in the outbox; `text` says which
    status_changed,  ///< to `status`, by `actor`
    retargeted,      ///< policy, calendar, priority or tier: `promises` hold from here on
    call_planned,    ///< the conversation moves to voice: `person` calls or meets by `detail.due_at`, `text` says why
    call_held,       ///< `refers_to` the planned one, `text` what came of it; a person answered
    disputed,        ///< a step of a dispute: `detail.step`, `text` in words
    intervened,      ///< a step against what breaks a written rule: `detail.step`, `detail.rule`
    departed,        ///< the guideline `detail.rule` was not followed, `text` says why
    auto_acknowledged,  ///< the customer was told by Rasid itself when an answer will come; stops nothing
    grouped,  ///< is part of the incident whose ticket `refers_to` names; that ticket's own event begins or resumes it
    ungrouped,       ///< is no part of its incident
    incident_over,   ///< its incident has ended: from here on its own ladder goes on
    reply_proposed,  ///< `text` waits until a manager lets it out or returns it; nothing was sent
    reply_returned,  ///< `refers_to` the proposed one, `text` why; let out it is a reply_queued that refers to it
    snoozed,         ///< leaves the lists of what waits until `detail.due_at`; clocks run on
    woken,           ///< its time has come, or `actor` ended the snooze
    labelled,        ///< `text` is the label
    unlabelled,      ///< likewise
};
std::string_view to_string(TicketEventKind kind);
std::optional<TicketEventKind> parse_ticket_event_kind(std::string_view word);

/// One addend of a priority, in points. `code`: rule | influence | sentiment | tier | loss | incident | weight; `value`
/// is what it was computed from: the rule's priority, a score, a tier, an amount; empty where nothing is to be said.
struct PriorityPart {
    std::string code = {};
    std::string value = {};
    int points = 0;

    bool operator==(const PriorityPart&) const = default;
};

/// What a ticket starts with.
struct Opening {
    std::string queue = {};
    std::string brand = {};
    std::string platform = {};
    std::string source = {};
    Author author = {};
    std::string conversation = {};
    std::string customer = {};
    std::string tier = {};  ///< of the customer
    Priority priority = Priority::normal;
    std::string ladder = {};
    std::string rule = {};  ///< the rule that routed it
    std::vector<std::string> tags = {};
    std::vector<Reason> reasons = {};
    Instant asked_at = {};  ///< when the customer spoke, from which on clocks count
    std::vector<PromisedTarget> promises = {};
    std::vector<PriorityPart> priority_parts = {};

    bool operator==(const Opening&) const = default;
};

/// What some events say besides.
struct EventDetail {
    std::string step = {};     ///< call_planned: call | meeting; disputed and intervened: which step
    std::string contact = {};  ///< call_planned: number or address
    std::string rule = {};     ///< intervened, departed: the written rule or guideline it is about
    std::optional<Instant> due_at =
        {};  ///< call_planned, disputed: by when; auto_acknowledged: the time that was told; snoozed: till when
    std::string visibility = {};                    ///< of a reply, word of a Visibility; empty: as what it answers
    std::vector<std::string> people = {};           ///< ids of those whom it is meant for and who are told of it
    std::vector<PriorityPart> priority_parts = {};  ///< priority_changed by Rasid: the sum that led to it
    std::vector<Reason> reasons = {};               ///< why Rasid did it, in place of a text; see `words_of`

    bool operator==(const EventDetail&) const = default;
};

/// One thing that happened to a ticket; appended, never changed.
struct TicketEvent {
    std::string id = {};
    std::string ticket = {};
    std::int64_t sequence = 0;  ///< 1, 2, 3… within the ticket; the order that counts
    Instant at = {};
    std::string actor = {};  ///< id of a person; empty: Rasid itself, or the author of the mention
    TicketEventKind kind = TicketEventKind::noted;
    std::string mention = {};  ///< opened, joined, replied on the platform: id of the stored mention; `at` is its time
    std::string person = {};
    std::string text = {};
    std::string refers_to = {};
    std::optional<Target> target = {};
    int percent = 0;                              ///< notified: the step's share of the target
    std::optional<Duration> unacknowledged = {};  ///< notified: of a step that counts this, then without target
    int round = 1;                                ///< breached, notified: of the target's clock
    std::optional<Priority> priority = {};
    std::optional<TicketStatus> status = {};
    std::optional<Opening> opening = {};
    std::vector<PromisedTarget> promises = {};
    std::optional<EventDetail> detail = {};

    bool operator==(const TicketEvent&) const = default;
};

/// One conversation with one author that somebody must handle: the fold over its events, kept for reading.
struct Ticket {
    std::string id = {};
    std::int64_t number = 0;   ///< what people say: #4821. 0 until the store has given one
    std::int64_t version = 0;  ///< sequence of its last event
    TicketState state = TicketState::open;
    TicketStatus status = TicketStatus::active;
    Priority priority = Priority::normal;
    std::string queue = {};
    std::string brand = {};
    std::string ladder = {};
    std::string platform = {};
    std::string source = {};
    Author author = {};
    std::string conversation = {};
    std::string customer = {};  ///< empty: not a known customer
    std::string tier = {};      ///< of the customer
    std::string rule = {};
    std::vector<std::string> tags = {};
    std::vector<Reason> reasons = {};
    std::vector<TargetClock> clocks = {};  ///< in order of their start
    std::vector<PausedBy> paused_by = {};  ///< by person, in order of the first pause
    std::string incident = {};         ///< id of its incident's ticket, of which it is a member or which it is itself
    bool incident_runs = false;        ///< a member's ladder stands still so long: the incident's ticket climbs for all
    std::string assignee = {};         ///< person id
    std::string acknowledged_by = {};  ///< person id; empty: the ladder goes on
    std::optional<Instant> acknowledged_at = {};
    Instant unacknowledged_since = {};  ///< opened, reopened or given back: whichever was last
    std::string first_mention = {};     ///< id of the stored mention that opened it
    std::string latest_mention = {};    ///< id of the newest inbound one
    std::int64_t mentions = 0;
    std::string pending_reply = {};             ///< id of the reply_queued event that waits, if any
    std::string proposed_reply = {};            ///< id of the reply_proposed event that nobody has decided on, if any
    std::vector<std::string> notified = {};     ///< ladder steps taken (see step_key), so that none is taken twice
    std::vector<std::string> labels = {};       ///< words of moderators, in the order in which they were given
    std::optional<Instant> snoozed_until = {};  ///< set aside till then; a message of the customer ends it
    Instant opened_at = {};
    Instant updated_at = {};

    // When somebody or something must look again; derived, kept for the store's indexes.
    std::optional<Instant> due_at = {};    ///< nearest target not met, of an open ticket
    std::optional<Instant> soon_at = {};   ///< from here on it counts as due soon
    std::optional<Instant> check_at = {};  ///< next ladder step or breach

    bool leads_incident() const { return !incident.empty() && incident == id; }
    bool held_by_incident() const { return incident_runs && !leads_incident(); }

    bool operator==(const Ticket&) const = default;
};

/// Events to append together with the ticket they lead to.
struct TicketChange {
    Ticket after = {};
    std::int64_t expected_version = 0;  ///< version the change was computed from; 0: a new ticket
    std::vector<TicketEvent> events = {};
};

}  // namespace rasid

#pragma once

#include "core/failure.hpp"
#include "core/random.hpp"
#include "core/ticket.hpp"
#include "escalation/policies.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rasid {

/// What a routing decision may know besides the mention and its verdict.
struct TicketContext {
    std::string mention_id = {};            ///< id under which the mention is stored
    std::string customer = {};              ///< id; empty: unknown author
    std::optional<Ticket> open = {};        ///< open ticket of this conversation, author or customer, if any
    std::vector<TicketEvent> history = {};  ///< of that ticket
    Instant since = {};                     ///< of the source: what is older is history
    bool muted = false;                     ///< the author is muted
    bool edit = false;                      ///< a new revision of a stored mention
    bool was_routed =
        false;  ///< of an edit: the mention opened or joined a ticket before, whatever became of that ticket
};

/// False: `route` answers nothing, whatever the context; nobody needs to gather one.
bool concerns_tickets(const Mention& mention, const Verdict& verdict);

/// What a mention does to the tickets; nullopt: nothing.
///
/// Older than `since`, or a tombstone: nothing. Muted author or an ignoring rule: nothing. An own post never opens a
/// ticket; when it answers an open one it is a reply given on the platform, unless it is the echo of a reply that Rasid
/// published. No rule that names a queue: nothing. A further post of the same conversation, author or customer joins
/// the open ticket and may raise its priority, each mention once. Otherwise the rule's queue opens a ticket, its clocks
/// starting at the publication time (of an edit: the time of the edit), not before `since` and not after `now`. An edit
/// of a mention that was routed before opens nothing; while its ticket is open it may raise the priority.
std::optional<TicketChange> route(const Policies& policies, const Mention& mention, const Verdict& verdict,
                                  const TicketContext& context, Random& random, Instant now);

/// Priority is arithmetic with reasons: the rule's weight plus influence and sentiment.
struct PriorityDecision {
    Priority priority = Priority::normal;
    std::vector<std::string> reasons = {};
};
PriorityDecision decide_priority(const Verdict& verdict);

/// A person's action on a ticket.
struct TicketCommand {
    enum class Kind {
        take,
        release,
        assign,
        acknowledge,
        reply,
        reshare,
        like,
        hide,
        answered_elsewhere,
        note,
        priority,
        resolve,
        reopen,
        undo
    };
    Kind kind = Kind::note;
    std::string actor = {};   ///< person id
    std::string person = {};  ///< assign
    std::string text = {};    ///< reply, note, answered_elsewhere
    std::optional<Priority> priority = {};
    std::string event = {};  ///< undo: the event that shall no longer count
};
std::optional<TicketCommand::Kind> parse_ticket_command(std::string_view word);

/// Decides a person's action. Fails with refused ("not_possible": why) when the ticket's state does not allow it.
/// For reply, reshare, like and hide the change only queues (reply_queued, action_queued); the caller puts the outbox
/// item beside it, and cancels that item when the event is undone. Undoing leaves a compensating event and the ticket
/// as if the undone event had never counted; a reply or action can be undone only before it is published. Reopening
/// gives unmet clocks what was left of their time when the ticket was resolved. What would change nothing is refused.
Result<TicketChange> command(const Policies& policies, const Ticket& ticket, std::span<const TicketEvent> history,
                             const TicketCommand& command, Random& random, Instant now);

/// The outcome of a queued reply or action as the dispatcher learnt it; `text` says why it failed. Without events when
/// the outcome is on record already.
TicketChange published(const Policies& policies, const Ticket& ticket, std::span<const TicketEvent> history,
                       const std::string& queued_event, bool ok, const std::string& text, Random& random, Instant now);

}  // namespace rasid

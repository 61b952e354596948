#pragma once

#include "core/failure.hpp"
#include "core/random.hpp"
#include "core/ticket.hpp"
#include "escalation/assignment.hpp"
#include "escalation/policies.hpp"
#include "escalation/priority_sum.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rasid {

/// What a routing decision may know besides the mention and its verdict.
struct TicketContext {
    std::string mention_id = {};      ///< id under which the mention is stored
    std::string customer = {};        ///< id; empty: unknown author
    std::string tier = {};            ///< of the customer
    bool incident = false;            ///< the mention is part of an incident that runs
    std::optional<double> loss = {};  ///< what the customer's leaving would probably cost, in money
    std::optional<Ticket> open = {};  ///< open ticket of this conversation, author or customer, if any; else the one
                                      ///< of this conversation that was resolved lately
    std::vector<TicketEvent> history = {};       ///< of that ticket
    std::span<const Colleague> colleagues = {};  ///< who may be given the ticket if it is a new one
    Instant since = {};                          ///< of the source: what is older is history
    bool muted = false;                          ///< the author is muted
    bool can_reply = false;                      ///< the source can publish an answer
    std::string time_zone = "UTC";               ///< of the workspace, for times told to customers
    bool edit = false;                           ///< a new revision of a stored mention
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
/// the open ticket and may raise its priority, each mention once; a customer's message reopens the ticket of its
/// conversation that was resolved lately. Otherwise the rule's queue opens a ticket, its clocks
/// starting at the publication time (of an edit: the time of the edit), not before `since` and not after `now`, and a
/// queue that assigns gives it to one of the colleagues. An edit
/// of a mention that was routed before opens nothing; while its ticket is open it may raise the priority. Where the
/// queue acknowledges by itself, an `auto_acknowledged` event carries the text; the caller puts the outbox item beside
/// it.
std::optional<TicketChange> route(const Policies& policies, const Mention& mention, const Verdict& verdict,
                                  const TicketContext& context, Random& random, Instant now);

/// What the priority of a mention's ticket is the sum of.
PriorityFacts priority_facts(const Policies& policies, const Verdict& verdict, const TicketContext& context);

/// A person's action on a ticket.
struct TicketCommand {
    enum class Kind {
        take,
        release,
        assign,
        acknowledge,
        reply,
        approve,
        return_reply,
        reshare,
        like,
        hide,
        answered_elsewhere,
        note,
        priority,
        resolve,
        reopen,
        wait_for_customer,
        hold,
        resume,
        plan_call,
        call_held,
        dispute,
        intervene,
        depart,
        ungroup,
        snooze,
        wake,
        label,
        unlabel,
        undo
    };
    Kind kind = Kind::note;
    std::string actor = {};   ///< person id
    std::string person = {};  ///< assign, plan_call, intervene
    std::string text = {};    ///< reply, return_reply, note, answered_elsewhere; label, unlabel: the label
    std::optional<Priority> priority = {};
    std::string event = {};  ///< undo: the event that shall no longer count; call_held: the planned call
    std::optional<EventDetail> detail =
        {};                       ///< see handling.hpp; reply: its visibility; snooze: till when, as `due_at`
    std::string because_of = {};  ///< resolve: of the event that resolved its incident's ticket
};
std::optional<TicketCommand::Kind> parse_ticket_command(std::string_view word);
std::string_view to_string(TicketCommand::Kind kind);

/// Decides a person's action. Fails with refused ("not_possible": why) when the ticket's state does not allow it.
/// What a reply is in a queue that asks for approval: see approval.hpp. For reply, reshare, like and hide the change
/// only queues (reply_queued, action_queued); the caller puts the outbox item beside it, and cancels that item when the
/// event is undone. Undoing leaves a compensating event and the ticket as if the undone event had never counted; a
/// reply or action can be undone only before it is published. What would change nothing is refused.
Result<TicketChange> command(const Policies& policies, const Ticket& ticket, std::span<const TicketEvent> history,
                             const TicketCommand& command, Random& random, Instant now);

/// The outcome of a queued reply or action as the dispatcher learnt it; `text` says why it failed. Without events when
/// the outcome is on record already.
TicketChange published(const Policies& policies, const Ticket& ticket, std::span<const TicketEvent> history,
                       const std::string& queued_event, bool ok, const std::string& text, Random& random, Instant now);

}  // namespace rasid

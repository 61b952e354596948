#include "core/limits.hpp"
#include "core/reply_length.hpp"
#include "engagement/promises.hpp"
#include "escalation/ticket_history.hpp"
#include "web/action_body.hpp"
#include "web/call_mail.hpp"
#include "web/handlers/handlers.hpp"
#include "web/history_view.hpp"
#include "web/idempotency.hpp"
#include "web/incident_actions.hpp"
#include "web/interventions.hpp"
#include "web/plan_following.hpp"
#include "web/seeded_random.hpp"
#include "web/ticket_views.hpp"

#include <algorithm>

namespace rasid::handlers {
namespace {

using Kind = TicketCommand::Kind;

struct ActionOutcome {
    Response response;
    std::string cause = {};  ///< kind of the event that was added; empty: nothing happened
    bool outbox = false;
    std::vector<std::string> members = {};  ///< of an incident: what was done to them too
};

Response stale(const TicketAction& action, Reader& reader, Ticket ticket) {
    const auto facts = facts_of(reader, std::move(ticket));
    const Texts texts(action.person.language);
    return problem(409, "stale_version", "the ticket has changed meanwhile", [&](JsonWriter& out) {
        out.key("ticket");
        write_row(out, facts, *action.workspace, action.can, texts, action.now);
        write_history_since(out, reader.events_of(facts.ticket.id), action.version, *action.workspace, texts);
    });
}

/// Takes a held reply or action back out of the outbox. False: it is no longer held.
bool cancel_held(Store& store, const std::string& event, Instant now) {
    auto item = store.outbox_item(event);
    if (!item) return true;
    if (item->state != OutboxState::waiting) return false;
    item->state = OutboxState::cancelled;
    item->finished_at = now;
    store.update_outbox(*item);
    return true;
}

/// The answer to an action that was done, remembered under its key.
Response done(Store& store, const TicketAction& action, Ticket ticket, const std::string& event, bool held,
              const std::string& key) {
    JsonWriter out;
    out.object([&] {
        out.key("ticket");
        write_row(out, facts_of(store, std::move(ticket)), *action.workspace, action.can, Texts(action.person.language),
                  action.now);
        out.member("event", event);
        out.key("undo_until");
        if (held)
            out.value(action.now + limits::kReplyHold);
        else
            out.null();
    });
    auto answer = std::move(out).take();
    store.remember_answer(action.person.id, key, answer, action.now);
    return json_response(std::move(answer));
}

/// Writes a promise down. It has events of its own: the ticket's stay as they are.
ActionOutcome promise(Store& store, const TicketAction& action, const Ticket& ticket, const std::string& key,
                      Random& random) {
    const auto event = made(ticket.id, ticket.customer, action.promise->text, action.promise->due_at, action.person.id,
                            random, action.now);
    store.append_promise_events({event});
    return {done(store, action, ticket, event.id, false, key), "promise"};
}

/// Resolves the members of an incident with it, or takes that back.
std::vector<std::string> act_on_members(Store& store, const TicketAction& action, const Ticket& ticket,
                                        const std::vector<TicketEvent>& history, const std::string& event,
                                        Random& random) {
    if (!ticket.leads_incident()) return {};
    const auto plans = [&](const Ticket& before, const Ticket& after) {
        return plans_following(store, before, after, action.workspace->setup, random, action.now);
    };
    const MemberAction members{action.workspace->policies, plans, action.person.id, action.now};
    if (action.command.kind == Kind::resolve && action.members)
        return resolve_members(store, members, ticket.id, event, random);
    const auto& undone = action.command.event;
    const auto* event_undone = find_event(history, undone);
    if (!event_undone || event_undone->kind != TicketEventKind::resolved) return {};
    return reopen_members(store, members, ticket.id, undone, random);
}

/// Reads, decides, stores and remembers the answer in the one transaction that the storage thread holds open.
ActionOutcome perform(Store& store, const TicketAction& action, Random& random) {
    const auto remembered_key = action.ticket + "/" + action.key;
    if (auto answer = store.answer_to(action.person.id, remembered_key)) return {json_response(std::move(*answer))};
    const auto ticket = store.ticket(action.ticket);
    if (!ticket || !sees_brand(action.person, ticket->brand)) return {not_found()};
    if (ticket->version != action.version) return {stale(action, store, *ticket)};
    if (action.promise) return promise(store, action, *ticket, remembered_key, random);
    const auto history = store.events_of(ticket->id);

    std::optional<StoredMention> answered;
    const auto needed = action.needs();
    if (!needed.empty()) {
        answered = store.mention_by_id(ticket->latest_mention);
        const bool can = std::ranges::find(action.can, needed) != action.can.end();
        if (!answered || !can || answered->mention.source != action.source) {
            return {problem(409, "not_possible", "the place of this mention cannot do that")};
        }
        if (action.command.kind == Kind::reply && !fits(action.command.text, action.form))
            return {problem(400, "too_long", "the reply is longer than its platform takes")};
    }
    const auto decided = command(action.workspace->policies, *ticket, history, action.command, random, action.now);
    if (!decided) return {problem(409, "not_possible", decided.error().what)};
    const auto& change = *decided;
    const auto event = std::find_if(change.events.begin(), change.events.end(),
                                    [&](const TicketEvent& one) { return one.actor == action.person.id; });
    if (event == change.events.end()) return {problem(409, "not_possible", "there is nothing to change")};
    if (action.command.kind == Kind::undo && !cancel_held(store, action.command.event, action.now)) {
        return {problem(409, "not_possible", "it is on its way already")};
    }
    std::vector<OutboxItem> outbox;
    if (is_held(*event) && answered) outbox.push_back(held_item(action, *ticket, *answered, *event));
    if (auto mail = call_mail(action, *ticket, *event, history, random)) outbox.push_back(std::move(*mail));
    const auto plans = plans_following(store, *ticket, change.after, action.workspace->setup, random, action.now);
    auto stored = store.apply(change, plans, outbox);
    // What is said is no draft any more.
    store.put_draft({.ticket = ticket->id, .person = action.person.id, .mode = action.word});
    stored = follow_intervention(store, action, std::move(stored), history, answered, random);
    auto members = act_on_members(store, action, *ticket, history, event->id, random);

    auto answer = done(store, action, std::move(stored), event->id, is_held(*event), remembered_key);
    return {std::move(answer), std::string(to_string(event->kind)),
            !needed.empty() || !outbox.empty() || action.command.kind == Kind::undo, std::move(members)};
}

}  // namespace

Task<Response> post_ticket_action(Site& site, const Request& request) {
    TicketAction action;
    action.now = site.clock.now();
    action.time_zone = site.config.time_zone;
    if (auto refused = read_action_body(request, action)) co_return std::move(*refused);
    const auto version = version_seen(request);
    if (!version) co_return problem(428, "version_required", "say by If-Match which version of the ticket you saw");
    action.key = required_key(request);
    if (action.key.empty()) co_return key_missing();
    action.ticket = request.args[0];
    action.version = *version;
    action.person = request.person();
    action.workspace = site.workspace;
    action.public_url = site.config.public_url;

    // What a source can do is known on the loop only, and the ticket's source in the store only.
    const auto ticket_id = action.ticket;
    const auto facts = co_await site.database.read([&](Reader& reader) -> std::optional<TicketFacts> {
        auto ticket = reader.ticket(ticket_id);
        if (!ticket) return std::nullopt;
        return facts_of(reader, std::move(*ticket));
    });
    if (!facts || !sees_brand(action.person, facts->ticket.brand)) co_return not_found();
    action.source = answering_source(*facts);
    action.can = possible_actions(*facts, site.hooks.actions_of);
    action.form = reply_form(*facts, site.hooks.reply_form_of);

    SeededRandom random(site.random);
    auto outcome = co_await site.database.write([&](Store& store) mutable { return perform(store, action, random); });
    if (!outcome.cause.empty()) {
        site.events.ticket(action.ticket, outcome.cause);
        for (const auto& member : outcome.members) site.events.ticket(member, outcome.cause);
        if (outcome.outbox && site.hooks.outbox_changed) site.hooks.outbox_changed();
        if (site.hooks.tickets_changed) site.hooks.tickets_changed();
        site.audit(request, "ticket_" + action.word, action.ticket, "ok");
    }
    co_return std::move(outcome.response);
}

}  // namespace rasid::handlers

#include "core/action_payload.hpp"
#include "engagement/plan_rules.hpp"
#include "engagement/promises.hpp"
#include "engagement/react.hpp"
#include "escalation/route.hpp"
#include "web/call_mail.hpp"
#include "web/handlers/handlers.hpp"
#include "web/incident_actions.hpp"
#include "web/json_members.hpp"
#include "web/seeded_random.hpp"
#include "web/ticket_views.hpp"

#include <algorithm>
#include <charconv>

namespace rasid::handlers {
namespace {

using Kind = TicketCommand::Kind;

constexpr std::size_t kLongestKey = 64;
constexpr std::size_t kLongestId = 64;
constexpr std::size_t kLongestPromise = 1000;
constexpr std::size_t kLongestContact = 200;
constexpr std::chrono::days kFurthestPromise{366};

/// Everything an action needs, by value: it is carried to the storage thread.
struct Action {
    std::string ticket;
    std::string word;
    TicketCommand command;
    std::int64_t version = 0;
    std::string key;
    Person person;
    std::string source;            ///< where an answer would go
    std::vector<std::string> can;  ///< what that source can do
    WorkspacePtr workspace;
    Instant now;
    bool members = false;  ///< of an incident: they are resolved with it
    std::string public_url = {};
    std::string time_zone = {};
    std::optional<PromiseEvent> promise = {};  ///< what the customer was told, in place of a command

    bool publishes() const {
        return !promise && (command.kind == Kind::reply || command.kind == Kind::reshare ||
                            command.kind == Kind::like || command.kind == Kind::hide);
    }
};

struct Outcome {
    Response response;
    std::string cause = {};  ///< kind of the event that was added; empty: nothing happened
    bool outbox = false;
    std::vector<std::string> members = {};  ///< of an incident: what was done to them too
};

Response stale(const Action& action, Reader& reader, Ticket ticket) {
    const auto facts = facts_of(reader, std::move(ticket));
    return problem(409, "stale_version", "the ticket has changed meanwhile", [&](JsonWriter& out) {
        out.key("ticket");
        write_row(out, facts, *action.workspace, action.can, action.now);
    });
}

OutboxItem item_of(const Action& action, const Ticket& ticket, const StoredMention& mention, const TicketEvent& event) {
    OutboxItem item;
    item.id = event.id;
    item.kind = action.word;
    item.key = event.id;
    item.to = mention.mention.source;
    item.ticket = ticket.id;
    item.event = event.id;
    item.payload = print_action_payload({.token = mention.mention.reply_token,
                                         .text = action.command.text,
                                         .language = mention.verdict.language,
                                         .author = mention.mention.author.handle});
    item.priority = ticket.priority;
    item.created_at = action.now;
    item.not_before = action.now + limits::kReplyHold;
    return item;
}

/// The plan of the ticket's customer follows when a ticket ends or comes back to life.
std::vector<PlanChange> plans_of(Reader& reader, const Ticket& before, const Ticket& after, const Setup& setup,
                                 Random& random, Instant now) {
    if (before.state == after.state || after.customer.empty()) return {};
    const auto plan = plan_of(reader, after.customer, now);
    if (!plan) return {};
    const auto mentions = reader.mentions_of_ticket(after.id, 200);
    const bool complaint = std::any_of(mentions.begin(), mentions.end(), [](const StoredMention& stored) {
        return !stored.mention.own && stored.verdict.sentiment.label == Polarity::negative;
    });
    return {react_to_state(*plan, after, complaint, random, now, react_rules_of(setup))};
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
Response done(Store& store, const Action& action, Ticket ticket, const std::string& event, const std::string& key) {
    JsonWriter out;
    out.object([&] {
        out.key("ticket");
        write_row(out, facts_of(store, std::move(ticket)), *action.workspace, action.can, action.now);
        out.member("event", event);
        out.key("undo_until");
        if (action.publishes())
            out.value(action.now + limits::kReplyHold);
        else
            out.null();
    });
    auto answer = std::move(out).take();
    store.remember_answer(action.person.id, key, answer, action.now);
    return json_response(std::move(answer));
}

/// Writes a promise down. It has events of its own: the ticket's stay as they are.
Outcome promise(Store& store, const Action& action, const Ticket& ticket, const std::string& key, Random& random) {
    const auto event = made(ticket.id, ticket.customer, action.promise->text, action.promise->due_at, action.person.id,
                            random, action.now);
    store.append_promise_events({event});
    return {done(store, action, ticket, event.id, key), "promise"};
}

/// Resolves the members of an incident with it, or takes that back.
std::vector<std::string> act_on_members(Store& store, const Action& action, const Ticket& ticket,
                                        const std::vector<TicketEvent>& history, const std::string& event,
                                        Random& random) {
    if (!ticket.leads_incident()) return {};
    const auto plans = [&](const Ticket& before, const Ticket& after) {
        return plans_of(store, before, after, action.workspace->setup, random, action.now);
    };
    const MemberAction members{action.workspace->policies, plans, action.person.id, action.now};
    if (action.command.kind == Kind::resolve && action.members)
        return resolve_members(store, members, ticket.id, event, random);
    const auto& undone = action.command.event;
    const bool resolution = std::any_of(history.begin(), history.end(), [&](const TicketEvent& one) {
        return one.id == undone && one.kind == TicketEventKind::resolved;
    });
    return resolution ? reopen_members(store, members, ticket.id, undone, random) : std::vector<std::string>();
}

/// Whoever calls is invited, and told when the call is taken back.
std::optional<OutboxItem> call_mail(const Action& action, const Ticket& ticket, const TicketEvent& event,
                                    std::span<const TicketEvent> history, Random& random) {
    const bool withdrawn = event.kind == TicketEventKind::undone;
    const auto taken_back = std::ranges::find(history, event.refers_to, &TicketEvent::id);
    if (withdrawn && taken_back == history.end()) return std::nullopt;
    const auto& planned = withdrawn ? *taken_back : event;
    if (planned.kind != TicketEventKind::call_planned) return std::nullopt;
    const auto invitation = invitation_of(ticket, planned, withdrawn, *action.workspace, action.public_url);
    if (invitation.attendee.email.empty()) return std::nullopt;
    return invitation_mail(ticket, invitation, action.time_zone, random, action.now);
}

/// An intervention that mutes or hides does so, and undone it no longer does.
void mute_author(Store& store, const Ticket& ticket, bool muted) {
    const auto newest = store.mention_by_id(ticket.latest_mention);
    store.mute(ticket.platform, newest ? newest->mention.author.handle : ticket.author.handle, muted);
}

void hide_mention(Store& store, const Action& action, const Ticket& ticket, const StoredMention& mention,
                  Random& random) {
    Action hiding = action;
    hiding.word = "hide";
    hiding.command = {.kind = Kind::hide, .actor = action.person.id};
    const auto history = store.events_of(ticket.id);
    const auto hidden = command(action.workspace->policies, ticket, history, hiding.command, random, action.now);
    if (!hidden) return;  // it is hidden already, or on its way to be
    store.apply(*hidden, {}, {item_of(hiding, ticket, mention, hidden->events.front())});
}

Ticket follow_intervention(Store& store, const Action& action, Ticket ticket, std::span<const TicketEvent> history,
                           const std::optional<StoredMention>& mention, Random& random) {
    const auto step_of = [](const TicketEvent& event) {
        return event.kind == TicketEventKind::intervened && event.detail ? event.detail->step : std::string();
    };
    if (action.command.kind == Kind::intervene && action.command.detail) {
        if (action.command.detail->step == "muted") mute_author(store, ticket, true);
        if (action.command.detail->step == "hidden" && mention) {
            hide_mention(store, action, ticket, *mention, random);
            return store.ticket(ticket.id).value_or(std::move(ticket));
        }
    }
    const auto undone = std::ranges::find(history, action.command.event, &TicketEvent::id);
    if (action.command.kind == Kind::undo && undone != history.end() && step_of(*undone) == "muted")
        mute_author(store, ticket, false);
    return ticket;
}

/// Reads, decides, stores and remembers the answer in the one transaction that the storage thread holds open.
Outcome perform(Store& store, const Action& action, Random& random) {
    const auto remembered_key = action.ticket + "/" + action.key;
    if (auto answer = store.answer_to(action.person.id, remembered_key)) return {json_response(std::move(*answer))};
    const auto ticket = store.ticket(action.ticket);
    if (!ticket || !sees_brand(action.person, ticket->brand)) return {not_found()};
    if (ticket->version != action.version) return {stale(action, store, *ticket)};
    if (action.promise) return promise(store, action, *ticket, remembered_key, random);
    const auto history = store.events_of(ticket->id);

    std::optional<StoredMention> answered;
    const bool hides = action.command.detail && action.command.detail->step == "hidden";
    if (action.publishes() || hides) {
        answered = store.mention_by_id(ticket->latest_mention);
        const bool can = std::ranges::find(action.can, hides ? "hide" : action.word) != action.can.end();
        if (!answered || !can || answered->mention.source != action.source) {
            return {problem(409, "not_possible", "the place of this mention cannot do that")};
        }
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
    if (action.publishes() && answered) outbox.push_back(item_of(action, *ticket, *answered, *event));
    if (auto mail = call_mail(action, *ticket, *event, history, random)) outbox.push_back(std::move(*mail));
    const auto plans = plans_of(store, *ticket, change.after, action.workspace->setup, random, action.now);
    auto stored = store.apply(change, plans, outbox);
    stored = follow_intervention(store, action, std::move(stored), history, answered, random);
    auto members = act_on_members(store, action, *ticket, history, event->id, random);

    auto answer = done(store, action, std::move(stored), event->id, remembered_key);
    return {std::move(answer), std::string(to_string(event->kind)),
            action.publishes() || hides || !outbox.empty() || action.command.kind == Kind::undo, std::move(members)};
}

/// `If-Match: 7` or `"7"`.
std::optional<std::int64_t> version_of(std::string_view header) {
    if (header.size() >= 2 && header.front() == '"' && header.back() == '"')
        header = header.substr(1, header.size() - 2);
    std::int64_t version = 0;
    const auto parsed = std::from_chars(header.data(), header.data() + header.size(), version);
    if (header.empty() || parsed.ec != std::errc() || parsed.ptr != header.data() + header.size()) return std::nullopt;
    return version;
}

std::optional<Response> read_promise(JsonMembers& in, Action& action) {
    auto text = in.text("text", kLongestPromise);
    const auto due_at = parse_rfc3339(in.text("due_at", 40));
    if (auto refused = in.refuse()) return refused;
    if (!due_at || *due_at <= action.now || *due_at > action.now + kFurthestPromise)
        return problem(400, "bad_request", "`due_at` is a time of the coming year");
    action.promise = PromiseEvent{.due_at = *due_at, .text = std::move(text)};
    return std::nullopt;
}

/// What of it an action needs is decided with the ticket at hand.
void read_handling(JsonMembers& in, TicketCommand& command) {
    command.text = in.optional_text("text", limits::kReplyText).value_or("");
    command.person = in.optional_text("person", kLongestId).value_or("");
    command.event = in.optional_text("event", kLongestId).value_or("");
    command.detail = EventDetail{.step = in.optional_text("step", kLongestId).value_or(""),
                                 .contact = in.optional_text("contact", kLongestContact).value_or(""),
                                 .rule = in.optional_text("rule", kLongestContact).value_or(""),
                                 .due_at = parse_rfc3339(in.optional_text("due_at", 40).value_or(""))};
}

/// The body as a command; a response when it is not one.
std::optional<Response> read_command(const Request& request, Action& action) {
    JsonMembers in(request);
    action.word = in.text("action", 32);
    if (action.word == "promise") return read_promise(in, action);
    const auto kind = parse_ticket_command(action.word);
    if (kind) {
        auto& command = action.command;
        command.kind = *kind;
        command.actor = request.person().id;
        switch (*kind) {
        case Kind::assign:
            command.person = in.text("person", kLongestId);
            break;
        case Kind::reply:
        case Kind::note:
            command.text = in.text("text", limits::kReplyText);
            break;
        case Kind::answered_elsewhere:
            command.text = in.optional_text("note", limits::kReplyText).value_or("");
            break;
        case Kind::priority:
            command.priority = parse_priority(in.text("priority", 32));
            break;
        case Kind::resolve:
            action.members = in.value("members").boolean().value_or(false);
            break;
        case Kind::undo:
            command.event = in.text("event", kLongestId);
            break;
        case Kind::plan_call:
        case Kind::call_held:
        case Kind::dispute:
        case Kind::intervene:
        case Kind::depart:
            read_handling(in, command);
            break;
        default:
            break;
        }
    }
    if (auto refused = in.refuse()) return refused;
    if (!kind) return problem(400, "bad_request", "there is no such action");
    if (*kind == Kind::priority && !action.command.priority)
        return problem(400, "bad_request", "there is no such priority");
    return std::nullopt;
}

}  // namespace

Task<Response> post_ticket_action(Site& site, const Request& request) {
    Action action;
    action.now = site.clock.now();
    if (auto refused = read_command(request, action)) co_return std::move(*refused);
    const auto version = version_of(request.header("If-Match"));
    if (!version) co_return problem(428, "version_required", "say by If-Match which version of the ticket you saw");
    action.key = request.header("Idempotency-Key");
    if (action.key.empty() || action.key.size() > kLongestKey) {
        co_return problem(400, "bad_request", "the Idempotency-Key header is missing or longer than 64");
    }
    action.ticket = request.args[0];
    action.version = *version;
    action.person = request.person();
    action.workspace = site.workspace;
    action.public_url = site.config.public_url;
    action.time_zone = site.config.time_zone;

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

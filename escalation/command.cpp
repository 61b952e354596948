#include "core/limits.hpp"
#include "escalation/handling.hpp"
#include "escalation/route.hpp"
#include "escalation/ticket_change.hpp"
#include "escalation/ticket_fold.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace rasid {
namespace {

using Kind = TicketCommand::Kind;
using Event = TicketEventKind;

constexpr std::array<std::pair<std::string_view, Kind>, 23> kWords = {{{"take", Kind::take},
                                                                       {"release", Kind::release},
                                                                       {"assign", Kind::assign},
                                                                       {"acknowledge", Kind::acknowledge},
                                                                       {"reply", Kind::reply},
                                                                       {"reshare", Kind::reshare},
                                                                       {"like", Kind::like},
                                                                       {"hide", Kind::hide},
                                                                       {"answered_elsewhere", Kind::answered_elsewhere},
                                                                       {"note", Kind::note},
                                                                       {"priority", Kind::priority},
                                                                       {"resolve", Kind::resolve},
                                                                       {"reopen", Kind::reopen},
                                                                       {"wait_for_customer", Kind::wait_for_customer},
                                                                       {"hold", Kind::hold},
                                                                       {"resume", Kind::resume},
                                                                       {"plan_call", Kind::plan_call},
                                                                       {"call_held", Kind::call_held},
                                                                       {"dispute", Kind::dispute},
                                                                       {"intervene", Kind::intervene},
                                                                       {"depart", Kind::depart},
                                                                       {"ungroup", Kind::ungroup},
                                                                       {"undo", Kind::undo}}};

std::string_view word_of(Kind kind) {
    return std::ranges::find(kWords, kind, &std::pair<std::string_view, Kind>::second)->first;
}

Failure refused(std::string why) { return {Failure::Kind::refused, std::move(why)}; }

bool blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

const TicketEvent* find_event(std::span<const TicketEvent> history, std::string_view id) {
    const auto event = std::ranges::find(history, id, &TicketEvent::id);
    return event == history.end() ? nullptr : &*event;
}

bool referred_to(std::span<const TicketEvent> history, std::string_view id, std::initializer_list<Event> kinds) {
    return std::ranges::any_of(history, [&](const TicketEvent& event) {
        return event.refers_to == id && std::ranges::find(kinds, event.kind) != kinds.end();
    });
}

bool undone(std::span<const TicketEvent> history, std::string_view id) {
    return referred_to(history, id, {Event::undone});
}

/// Decides one command. A function either adds its event or says why not.
class Decision {
public:
    Decision(const Policies& policies, const Ticket& ticket, std::span<const TicketEvent> history,
             const TicketCommand& command, Random& random, Instant now)
        : policies_(policies), ticket_(ticket), history_(history), command_(command), now_(now),
          changing_(policies, ticket, history, random, now) {}

    Result<TicketChange> decide() && {
        if (const auto failure = why_not()) return *failure;
        return std::move(changing_).finish();
    }

private:
    using Refusal = std::optional<Failure>;

    Refusal why_not() {
        const bool needs_open =
            command_.kind != Kind::note && command_.kind != Kind::reopen && command_.kind != Kind::undo;
        if (needs_open && ticket_.state != TicketState::open) return refused("the ticket is resolved; reopen it first");
        switch (command_.kind) {
        case Kind::take:
            return assign(command_.actor);
        case Kind::assign:
            return assign(command_.person);
        case Kind::release:
            return release();
        case Kind::acknowledge:
            return acknowledge();
        case Kind::reply:
            return reply();
        case Kind::reshare:
        case Kind::like:
        case Kind::hide:
            return queue_action();
        case Kind::answered_elsewhere:
            return write(Event::answered_elsewhere, false);
        case Kind::note:
            return write(Event::noted, true);
        case Kind::priority:
            return set_priority();
        case Kind::resolve:
            add({.kind = Event::resolved, .refers_to = command_.because_of});
            return {};
        case Kind::reopen:
            return reopen();
        case Kind::wait_for_customer:
            return set_status(TicketStatus::waiting_for_customer);
        case Kind::hold:
            return set_status(TicketStatus::on_hold);
        case Kind::resume:
            return set_status(TicketStatus::active);
        case Kind::plan_call:
        case Kind::call_held:
        case Kind::dispute:
        case Kind::intervene:
        case Kind::depart:
            return handle();
        case Kind::ungroup:
            return ungroup();
        case Kind::undo:
            return undo();
        }
        return refused("there is no such action");
    }

    void add(TicketEvent event) {
        event.actor = command_.actor;
        changing_.add(std::move(event));
    }

    Refusal assign(const std::string& id) {
        const auto person = std::ranges::find(policies_.people, id, &Person::id);
        if (person == policies_.people.end()) return refused("there is no such person");
        if (!person->brands.empty() && std::ranges::find(person->brands, ticket_.brand) == person->brands.end()) {
            return refused(person->name + " does not see tickets of this brand");
        }
        const bool taking = id == command_.actor;
        if (ticket_.assignee == id && !(taking && ticket_.acknowledged_by.empty())) {
            return refused(person->name + " has the ticket already");
        }
        add({.kind = Event::assigned, .person = id});
        return {};
    }

    Refusal release() {
        if (ticket_.assignee.empty()) return refused("nobody has the ticket");
        add({.kind = Event::released});
        return {};
    }

    Refusal acknowledge() {
        if (!ticket_.acknowledged_by.empty()) return refused("the ticket is acknowledged already");
        add({.kind = Event::acknowledged});
        return {};
    }

    Refusal check_text(bool required) const {
        if (required && blank(command_.text)) return refused("the text is empty");
        if (command_.text.size() > limits::kReplyText) {
            return refused("the text is longer than " + std::to_string(limits::kReplyText) + " bytes");
        }
        return {};
    }

    Refusal reply() {
        if (auto failure = check_text(true)) return failure;
        if (!ticket_.pending_reply.empty()) return refused("another reply is on its way; undo it or wait for it");
        add({.kind = Event::reply_queued, .text = command_.text});
        return {};
    }

    Refusal queue_action() {
        const std::string word(word_of(command_.kind));
        for (const auto& event : history_) {
            if (event.kind != Event::action_queued || event.text != word || undone(history_, event.id)) continue;
            if (!referred_to(history_, event.id, {Event::reply_failed}))
                return refused(word + ": done already, or on its way");
        }
        add({.kind = Event::action_queued, .text = word});
        return {};
    }

    Refusal write(Event kind, bool required) {
        if (auto failure = check_text(required)) return failure;
        add({.kind = kind, .text = command_.text});
        return {};
    }

    Refusal set_priority() {
        if (!command_.priority) return refused("no priority is given");
        if (*command_.priority == ticket_.priority) return refused("the ticket has this priority already");
        add({.kind = Event::priority_changed, .priority = command_.priority});
        return {};
    }

    const TicketEvent* last_turn() const {
        const TicketEvent* last = nullptr;
        for (const auto& event : history_) {
            const bool turn = event.kind == Event::resolved || event.kind == Event::reopened;
            if (turn && !undone(history_, event.id)) last = &event;
        }
        return last;
    }

    Refusal reopen() {
        if (ticket_.state != TicketState::resolved) return refused("the ticket is open");
        add({.kind = Event::reopened});
        return {};
    }

    Refusal set_status(TicketStatus status) {
        if (ticket_.status == status) return refused("the ticket is " + std::string(to_string(status)) + " already");
        add({.kind = Event::status_changed, .text = command_.text, .status = status});
        return {};
    }

    Refusal ungroup() {
        if (ticket_.incident.empty() || ticket_.leads_incident())
            return refused("the ticket is no member of an incident");
        add({.kind = Event::ungrouped, .refers_to = ticket_.incident});
        return {};
    }

    Refusal handle() {
        auto events = handling_events(policies_, history_, command_, now_);
        if (!events) return events.error();
        for (auto& event : *events) add(std::move(event));
        return {};
    }

    Refusal undo() {
        const TicketEvent* event = find_event(history_, command_.event);
        if (!event) return refused("the ticket has no such event");
        if (undone(history_, event->id)) return refused("it is undone already");
        switch (event->kind) {
        case Event::reply_queued:
            if (ticket_.pending_reply != event->id) return refused("the reply has left; it cannot be called back");
            break;
        case Event::action_queued:
            if (referred_to(history_, event->id, {Event::acted, Event::reply_failed}))
                return refused("it is done; it cannot be called back");
            break;
        case Event::resolved:
        case Event::reopened:
            if (last_turn() != event) return refused("the ticket was resolved or reopened again since");
            break;
        case Event::assigned:
        case Event::released:
        case Event::acknowledged:
        case Event::answered_elsewhere:
        case Event::noted:
        case Event::priority_changed:
        case Event::status_changed:
        case Event::call_planned:
        case Event::call_held:
        case Event::disputed:
        case Event::intervened:
        case Event::departed:
        case Event::ungrouped:
            break;
        default:
            return refused("this cannot be undone");
        }
        add({.kind = Event::undone, .refers_to = event->id});
        const bool only_on_record = event->kind != Event::assigned && event->kind != Event::released &&
                                    event->kind != Event::acknowledged && event->kind != Event::priority_changed &&
                                    event->kind != Event::reply_queued && event->kind != Event::resolved &&
                                    event->kind != Event::reopened && event->kind != Event::ungrouped;
        if (!only_on_record && same_but_for_record()) return refused("something later has taken its place");
        return {};
    }

    bool same_but_for_record() const {
        Ticket after = changing_.ticket();
        after.version = ticket_.version;
        after.updated_at = ticket_.updated_at;
        return after == ticket_;
    }

    const Policies& policies_;
    const Ticket& ticket_;
    std::span<const TicketEvent> history_;
    const TicketCommand& command_;
    Instant now_;
    TicketChanging changing_;
};

}  // namespace

std::optional<TicketCommand::Kind> parse_ticket_command(std::string_view word) {
    for (const auto& [known, kind] : kWords) {
        if (known == word) return kind;
    }
    return std::nullopt;
}

Result<TicketChange> command(const Policies& policies, const Ticket& ticket, std::span<const TicketEvent> history,
                             const TicketCommand& command, Random& random, Instant now) {
    return Decision(policies, ticket, history, command, random, now).decide();
}

TicketChange published(const Policies& policies, const Ticket& ticket, std::span<const TicketEvent> history,
                       const std::string& queued_event, bool ok, const std::string& text, Random& random, Instant now) {
    TicketChanging changing(policies, ticket, history, random, now);
    const TicketEvent* queued = find_event(history, queued_event);
    const bool by_itself = queued && queued->kind == Event::auto_acknowledged;
    const bool known =
        queued && (by_itself || queued->kind == Event::reply_queued || queued->kind == Event::action_queued);
    const bool reported = referred_to(history, queued_event, {Event::replied, Event::acted}) ||
                          (!ok && referred_to(history, queued_event, {Event::reply_failed}));
    if (known && !reported && !(by_itself && ok)) {
        const Event done = queued->kind == Event::reply_queued ? Event::replied : Event::acted;
        changing.add({.actor = queued->actor,
                      .kind = ok ? done : Event::reply_failed,
                      .text = ok ? queued->text : text,
                      .refers_to = queued->id});
    }
    return std::move(changing).finish();
}

}  // namespace rasid

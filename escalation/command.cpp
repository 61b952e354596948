#include "core/limits.hpp"
#include "core/people.hpp"
#include "core/text/blank.hpp"
#include "escalation/approval.hpp"
#include "escalation/handling.hpp"
#include "escalation/labels.hpp"
#include "escalation/route.hpp"
#include "escalation/snooze.hpp"
#include "escalation/ticket_change.hpp"
#include "escalation/ticket_history.hpp"
#include "escalation/undoing.hpp"

#include <utility>

namespace rasid {
namespace {

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
        const bool needs_open = command_.kind != TicketCommand::Kind::note &&
                                command_.kind != TicketCommand::Kind::reopen &&
                                command_.kind != TicketCommand::Kind::undo;
        if (needs_open && ticket_.state != TicketState::open) return refused("the ticket is resolved; reopen it first");
        switch (command_.kind) {
        case TicketCommand::Kind::take:
            return assign(command_.actor);
        case TicketCommand::Kind::assign:
            return assign(command_.person);
        case TicketCommand::Kind::release:
            return release();
        case TicketCommand::Kind::acknowledge:
            return acknowledge();
        case TicketCommand::Kind::reply:
            return reply();
        case TicketCommand::Kind::approve:
        case TicketCommand::Kind::return_reply:
            return decide_proposal();
        case TicketCommand::Kind::reshare:
        case TicketCommand::Kind::like:
        case TicketCommand::Kind::hide:
            return queue_action();
        case TicketCommand::Kind::answered_elsewhere:
            return write(TicketEventKind::answered_elsewhere, false);
        case TicketCommand::Kind::note:
            return note();
        case TicketCommand::Kind::priority:
            return set_priority();
        case TicketCommand::Kind::resolve:
            add({.kind = TicketEventKind::resolved, .refers_to = command_.because_of});
            return {};
        case TicketCommand::Kind::reopen:
            return reopen();
        case TicketCommand::Kind::wait_for_customer:
            return set_status(TicketStatus::waiting_for_customer);
        case TicketCommand::Kind::hold:
            return set_status(TicketStatus::on_hold);
        case TicketCommand::Kind::resume:
            return set_status(TicketStatus::active);
        case TicketCommand::Kind::plan_call:
        case TicketCommand::Kind::call_held:
        case TicketCommand::Kind::dispute:
        case TicketCommand::Kind::intervene:
        case TicketCommand::Kind::depart:
            return handle();
        case TicketCommand::Kind::ungroup:
            return ungroup();
        case TicketCommand::Kind::snooze:
            return add_decided(snooze_event(ticket_, command_.detail ? command_.detail->due_at : std::nullopt, now_));
        case TicketCommand::Kind::wake:
            return add_decided(wake_event(ticket_));
        case TicketCommand::Kind::label:
            return add_decided(label_event(ticket_, command_.text));
        case TicketCommand::Kind::unlabel:
            return add_decided(unlabel_event(ticket_, command_.text));
        case TicketCommand::Kind::undo:
            return undo();
        }
        return refused("there is no such action");
    }

    void add(TicketEvent event) {
        event.actor = command_.actor;
        changing_.add(std::move(event));
    }

    Refusal add_decided(Result<TicketEvent> event) {
        if (!event) return event.error();
        add(std::move(*event));
        return {};
    }

    Refusal assign(const std::string& id) {
        const auto* person = find_person(policies_.people, id);
        if (!person) return refused("there is no such person");
        if (!sees_brand(*person, ticket_.brand)) return refused(person->name + " does not see tickets of this brand");
        const bool taking = id == command_.actor;
        if (ticket_.assignee == id && !(taking && ticket_.acknowledged_by.empty())) {
            return refused(person->name + " has the ticket already");
        }
        add({.kind = TicketEventKind::assigned, .person = id});
        return {};
    }

    Refusal release() {
        if (ticket_.assignee.empty()) return refused("nobody has the ticket");
        add({.kind = TicketEventKind::released});
        return {};
    }

    Refusal acknowledge() {
        if (!ticket_.acknowledged_by.empty()) return refused("the ticket is acknowledged already");
        add({.kind = TicketEventKind::acknowledged});
        return {};
    }

    Refusal check_text(bool required) const {
        if (required && is_blank(command_.text)) return refused("the text is empty");
        if (command_.text.size() > limits::kReplyText) {
            return refused("the text is longer than " + std::to_string(limits::kReplyText) + " bytes");
        }
        return {};
    }

    Refusal reply() {
        if (auto failure = check_text(true)) return failure;
        return add_decided(reply_event(policies_, ticket_, command_));
    }

    Refusal decide_proposal() {
        if (auto failure = check_text(command_.kind == TicketCommand::Kind::return_reply)) return failure;
        return add_decided(approval_event(policies_, ticket_, history_, command_));
    }

    Refusal note() {
        if (auto failure = check_text(true)) return failure;
        TicketEvent event{.kind = TicketEventKind::noted, .text = command_.text};
        if (auto named = named_colleagues(command_.text, policies_.people, ticket_.brand); !named.empty())
            event.detail = EventDetail{.people = std::move(named)};
        add(std::move(event));
        return {};
    }

    Refusal queue_action() {
        const std::string word(to_string(command_.kind));
        for (const auto& event : history_) {
            if (event.kind != TicketEventKind::action_queued || event.text != word || is_undone(history_, event.id))
                continue;
            if (!referred_to(history_, event.id, {TicketEventKind::reply_failed}))
                return refused(word + ": done already, or on its way");
        }
        add({.kind = TicketEventKind::action_queued, .text = word});
        return {};
    }

    Refusal write(TicketEventKind kind, bool required) {
        if (auto failure = check_text(required)) return failure;
        add({.kind = kind, .text = command_.text});
        return {};
    }

    Refusal set_priority() {
        if (!command_.priority) return refused("no priority is given");
        if (*command_.priority == ticket_.priority) return refused("the ticket has this priority already");
        add({.kind = TicketEventKind::priority_changed, .priority = command_.priority});
        return {};
    }

    Refusal reopen() {
        if (ticket_.state != TicketState::resolved) return refused("the ticket is open");
        add({.kind = TicketEventKind::reopened});
        return {};
    }

    Refusal set_status(TicketStatus status) {
        if (ticket_.status == status) return refused("the ticket is " + std::string(to_string(status)) + " already");
        add({.kind = TicketEventKind::status_changed, .text = command_.text, .status = status});
        return {};
    }

    Refusal ungroup() {
        if (ticket_.incident.empty() || ticket_.leads_incident())
            return refused("the ticket is no member of an incident");
        add({.kind = TicketEventKind::ungrouped, .refers_to = ticket_.incident});
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
        if (auto failure = why_not_undo(ticket_, history_, *event)) return failure;
        add({.kind = TicketEventKind::undone, .refers_to = event->id});
        if (!only_on_record(event->kind) && same_but_for_record())
            return refused("something later has taken its place");
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

Result<TicketChange> command(const Policies& policies, const Ticket& ticket, std::span<const TicketEvent> history,
                             const TicketCommand& command, Random& random, Instant now) {
    return Decision(policies, ticket, history, command, random, now).decide();
}

}  // namespace rasid

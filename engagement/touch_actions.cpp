#include "engagement/touch_actions.hpp"

#include "core/text/bidi.hpp"
#include "core/texts.hpp"
#include "engagement/guard.hpp"
#include "engagement/reach.hpp"
#include "engagement/touch_fold.hpp"

#include <algorithm>
#include <set>

namespace rasid {
namespace {

using std::chrono::sys_days;

constexpr std::size_t kNotedBytes = 4000;
constexpr std::size_t kDraftedBytes = 300;
constexpr std::chrono::days kEarly{31};

const PlannedTouch* note_of(const PlanState& plan, const PlannedTouch& call) {
    for (const auto& touch : plan.touches) {
        if (touch.follows == call.id) return &touch;
    }
    return nullptr;
}

std::set<sys_days> taken_days(const PlanState& plan) {
    std::set<sys_days> taken;
    for (const auto& touch : plan.touches) {
        if (is_to_come(touch)) taken.insert(touch.due_on);
    }
    return taken;
}

LedgerEntry entry_of(const PlannedTouch& touch, std::string kind, std::string_view text, std::string_view actor,
                     Random& random, Instant at) {
    const std::string channel(touch.channel.empty() ? channels_of(touch.kind).front()
                                                    : std::string_view(touch.channel));
    return {.id = new_id(random, at),
            .customer = touch.customer,
            .at = at,
            .direction = Direction::outbound,
            .channel = channel,
            .kind = std::move(kind),
            .text = std::string(cut_at_character(text, kNotedBytes)),
            .touch = touch.id,
            .actor = std::string(actor)};
}

/// The call was made: its note is owed on the next free working day and says what was talked about.
void make_note_due(TouchChanges& changes, const PlanState& plan, const PlannedTouch& call, std::string_view said,
                   const WorkingDays& working, Date today) {
    const auto* note = note_of(plan, call);
    if (!note || !is_to_come(*note)) return;
    auto taken = taken_days(plan);
    taken.erase(note->due_on);
    const auto day = working.next_free(today, taken);
    if (day != note->due_on) changes.move(*note, day, "the call was made on " + to_string(today));
    const auto draft = draft_note(plan.customer, said);
    if (draft != note->draft) changes.draft(*note, draft);
}

void finish(PlanChange& change, const PlanState& plan, const PlannedTouch& touch, std::string_view said,
            std::string_view actor, const WorkingDays& working, Instant at) {
    TouchChanges changes(change, at, actor);
    changes.finish(touch);
    if (touch.kind == "call") make_note_due(changes, plan, touch, said, working, utc_date(at));
}

Result<PlanChange> move(PlanChange change, const PlanState& plan, const PlannedTouch& touch, const TouchAction& action,
                        const WorkingDays& working, Instant now) {
    const Date today = utc_date(now);
    auto taken = taken_days(plan);
    taken.erase(touch.due_on);
    const Date to = action.to ? *action.to : working.next_free(std::max(today, touch.due_on), taken);
    if (!to.ok() || !working.contains(to))
        return Failure{Failure::Kind::malformed, "that is no working day; the next one is " +
                                                     (to.ok() ? to_string(working.next_free(to)) : to_string(today))};
    if (to < today) return refused("that day has passed");
    TouchChanges(change, now, action.actor).move(touch, to, action.text.empty() ? "by hand" : action.text);
    return change;
}

}  // namespace

Result<PlanChange> act_on_touch(const PlanState& plan, std::string_view id, const TouchAction& action,
                                const WorkingDays& working, Random& random, Instant now) {
    const auto found = std::ranges::find(plan.touches, id, &PlannedTouch::id);
    if (found == plan.touches.end()) return Failure{Failure::Kind::not_found, "there is no such touch"};
    const auto& touch = *found;
    PlanChange change{.customer = plan.customer.id};
    TouchChanges changes(change, now, action.actor);

    if (action.action == "done") {
        if (touch.state == TouchState::held) return refused("the touch is held: " + touch.reason);
        if (touch.state != TouchState::planned) return refused("only a planned touch can be marked done");
        change.ledger.push_back(entry_of(touch, touch.kind, action.text, action.actor, random, now));
        finish(change, plan, touch, action.text, action.actor, working, now);
    } else if (action.action == "skip") {
        if (!is_to_come(touch)) return refused("only a touch that is still to come can be skipped");
        if (touch.state == TouchState::held) changes.release(touch, plan.guard);
        changes.skip(touch, action.text);
        const auto* note = touch.kind == "call" ? note_of(plan, touch) : nullptr;
        if (note && is_to_come(*note)) changes.skip(*note, "its call was skipped");
    } else if (action.action == "move") {
        if (!is_to_come(touch)) return refused("only a touch that is still to come can be moved");
        return move(std::move(change), plan, touch, action, working, now);
    } else if (action.action == "reopen") {
        if (is_to_come(touch)) return refused("the touch is open");
        if (touch.state == TouchState::done)
            change.ledger.push_back(entry_of(touch, "correction",
                                             touch.kind + " " + std::to_string(touch.ordinal) + ": not done",
                                             action.actor, random, now));
        const auto reopened = changes.reopen(touch);
        if (under_guard(reopened, plan.guard) != reopened) changes.hold(touch, plan.guard);
    } else {
        return refused("there is no such action; use done, skip, move or reopen");
    }
    return change;
}

const PlannedTouch* fulfilled_by(const PlanState& plan, const Contact& contact, Date today) {
    const PlannedTouch* first = nullptr;
    const auto better = [&](const PlannedTouch& touch) {
        if (!first) return true;
        const bool recovers = touch.kind == "recovery_call";
        if (recovers != (first->kind == "recovery_call")) return recovers;
        return touch.due_on < first->due_on;
    };
    for (const auto& touch : plan.touches) {
        const bool recovers = contact.kind == "call" && touch.kind == "recovery_call";
        if (touch.state != TouchState::planned || (touch.kind != contact.kind && !recovers)) continue;
        // What is said about a complaint is no planned call, unless it is the one laid for it.
        if (!contact.ticket.empty() && !recovers) continue;
        if (sys_days(touch.due_on) > sys_days(today) + kEarly) continue;
        if (better(touch)) first = &touch;
    }
    return first;
}

PlanChange log_contact(const PlanState& plan, const Contact& contact, const WorkingDays& working, Random& random) {
    PlanChange change{.customer = plan.customer.id};
    const auto* touch = fulfilled_by(plan, contact, utc_date(contact.at));
    PlannedTouch beside{.customer = plan.customer.id, .kind = contact.kind};
    auto entry = entry_of(touch ? *touch : beside, contact.kind, contact.text, contact.actor, random, contact.at);
    if (!contact.channel.empty()) entry.channel = contact.channel;
    entry.ticket = contact.ticket;
    change.ledger.push_back(std::move(entry));
    if (touch) finish(change, plan, *touch, contact.text, contact.actor, working, contact.at);
    return change;
}

std::string draft_note(const Customer& customer, std::string_view said) {
    const Texts texts(customer.language);
    const auto excerpt = cut_at_character(said, kDraftedBytes);
    const auto& name = customer.language == "ar" || customer.name_latin.empty() ? customer.name : customer.name_latin;
    if (excerpt.empty()) return texts("touch.note.draft", {{"name", name}});
    return texts("touch.note.draft_about",
                 {{"name", name}, {"said", std::string(excerpt) + (excerpt.size() < said.size() ? "…" : "")}});
}

}  // namespace rasid

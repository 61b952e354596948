#include "engagement/react.hpp"

#include "core/text/bidi.hpp"
#include "engagement/guard.hpp"
#include "engagement/working_days.hpp"

#include <algorithm>
#include <set>

namespace rasid {
namespace {

/// The ledger shows what was said; the mention keeps all of it.
constexpr std::size_t kExcerptBytes = 1000;

std::string excerpt(std::string_view text) {
    const auto cut = cut_at_character(text, kExcerptBytes);
    return std::string(cut) + (cut.size() < text.size() ? "…" : "");
}

void raise_guard(PlanChange& change, const PlanState& plan, const Ticket& ticket, Instant now) {
    change.guard = guard_of(ticket, now);
    for (const auto& touch : plan.touches) {
        if (auto held = under_guard(touch, *change.guard); held != touch) change.touches.push_back(std::move(held));
    }
}

std::set<std::chrono::sys_days> days_with_a_touch(const std::vector<PlannedTouch>& touches, Date today) {
    std::set<std::chrono::sys_days> days;
    for (const auto& touch : touches) {
        const bool waits = touch.state == TouchState::planned || touch.state == TouchState::held;
        if (waits && touch.due_on >= today) days.insert(touch.due_on);
    }
    return days;
}

/// What fell due while it was held comes on the working days from tomorrow on that have no touch, one a day.
void drop_guard(PlanChange& change, const PlanState& plan, Instant now) {
    change.guard = Guard{};
    const Date today = utc_date(now);
    auto taken = days_with_a_touch(plan.touches, today);

    std::vector<PlannedTouch> freed;
    for (const auto& touch : plan.touches) {
        if (touch.state == TouchState::held) freed.push_back(released(touch, plan.guard));
    }
    std::ranges::stable_sort(freed, {}, [](const PlannedTouch& touch) { return std::chrono::sys_days(touch.due_on); });

    for (auto& touch : freed) {
        if (touch.due_on < today) {
            const auto day = next_free_working_day(today, taken);
            taken.insert(day);
            touch.reason += (touch.reason.empty() ? "" : "; ") + ("moved from " + to_string(touch.due_on)) +
                            ": a complaint was open";
            touch.due_on = day;
        }
        change.touches.push_back(std::move(touch));
    }
}

}  // namespace

PlanChange react(const PlanState& plan, const Mention& mention, const std::string& mention_id, const Verdict& verdict,
                 const Ticket* ticket, Random& random, Instant now) {
    PlanChange change{.customer = plan.customer.id};
    if (mention.own || mention.deleted) return change;
    change.ledger.push_back({.id = new_id(random, now),
                             .customer = plan.customer.id,
                             .at = mention.created_at,
                             .direction = Direction::inbound,
                             .channel = mention.key.platform,
                             .kind = "mention",
                             .polarity = verdict.sentiment.label,
                             .text = excerpt(mention.text),
                             .mention = mention_id,
                             .ticket = ticket ? ticket->id : std::string()});
    const bool complains =
        verdict.sentiment.label == Polarity::negative && ticket && ticket->state == TicketState::open;
    if (complains && !plan.guard.held()) raise_guard(change, plan, *ticket, now);
    return change;
}

PlanChange react_to_reply(const PlanState& plan, const Ticket& ticket, const std::string& text, Random& random,
                          Instant now) {
    return {.customer = plan.customer.id,
            .ledger = {{.id = new_id(random, now),
                        .customer = plan.customer.id,
                        .at = now,
                        .direction = Direction::outbound,
                        .channel = ticket.platform,
                        .kind = "reply",
                        .text = excerpt(text),
                        .ticket = ticket.id}}};
}

PlanChange react_to_state(const PlanState& plan, const Ticket& ticket, bool complaint, Random&, Instant now) {
    PlanChange change{.customer = plan.customer.id};
    const bool guards = plan.guard.ticket == ticket.id;
    if (ticket.state == TicketState::resolved && guards)
        drop_guard(change, plan, now);
    else if (ticket.state == TicketState::open && complaint && !plan.guard.held())
        raise_guard(change, plan, ticket, now);
    return change;
}

}  // namespace rasid

#include "escalation/route.hpp"

#include "escalation/business_time.hpp"
#include "escalation/priority_sum.hpp"
#include "escalation/ticket_change.hpp"

#include <algorithm>
#include <cctype>
#include <set>

namespace rasid {
namespace {

bool mentions_it(const TicketContext& context) {
    const auto& open = *context.open;
    if (context.mention_id == open.first_mention || context.mention_id == open.latest_mention) return true;
    return std::ranges::find(context.history, context.mention_id, &TicketEvent::mention) != context.history.end();
}

/// When the author had his say for the first time, as far as the ticket knows.
Instant beginning_of(const Ticket& ticket) {
    Instant beginning = ticket.opened_at;
    for (const auto& clock : ticket.clocks) beginning = std::min(beginning, clock.started_at);
    return beginning;
}

std::string without_blanks(std::string_view text) {
    std::string result;
    std::ranges::copy_if(text, std::back_inserter(result), [](unsigned char byte) { return !std::isspace(byte); });
    return result;
}

/// The queued reply that an own post shows to have been published; platforms add the addressee's handle and change
/// blanks.
const TicketEvent* origin_of(const Mention& own, const TicketContext& context) {
    const auto text = without_blanks(own.text);
    const auto& events = context.history;
    for (auto event = events.rbegin(); event != events.rend(); ++event) {
        if (event->kind != TicketEventKind::reply_queued) continue;
        const auto reply = without_blanks(event->text);
        if (!reply.empty() && text.find(reply) != std::string::npos) return &*event;
    }
    return nullptr;
}

bool failed(const TicketEvent& queued, const TicketContext& context) {
    return std::ranges::any_of(context.history, [&](const TicketEvent& event) {
        return event.kind == TicketEventKind::reply_failed && event.refers_to == queued.id;
    });
}

std::optional<TicketChange> answer(const Policies& policies, const Mention& mention, const TicketContext& context,
                                   Random& random, Instant now) {
    if (!context.open || context.edit || mentions_it(context)) return std::nullopt;
    if (mention.created_at < beginning_of(*context.open)) return std::nullopt;
    TicketEvent event{
        .at = std::min(mention.created_at, now), .kind = TicketEventKind::replied, .mention = context.mention_id};
    if (const TicketEvent* queued = origin_of(mention, context)) {
        // The dispatcher reports its own replies; only one that it gave up on is news when it turns out to be there.
        if (!failed(*queued, context)) return std::nullopt;
        event.refers_to = queued->id;
        event.actor = queued->actor;
    }
    event.text = mention.text;
    TicketChanging changing(policies, *context.open, context.history, random, now);
    changing.add(std::move(event));
    return std::move(changing).finish();
}

std::optional<TicketChange> join(const Policies& policies, const Verdict& verdict, const TicketContext& context,
                                 Random& random, Instant now) {
    TicketChanging changing(policies, *context.open, context.history, random, now);
    const bool known = mentions_it(context);
    if (known && !context.edit) return std::nullopt;
    if (!known) changing.add({.kind = TicketEventKind::joined, .mention = context.mention_id});
    if (const auto decision = decide_priority(verdict); decision.priority > context.open->priority) {
        changing.add({.kind = TicketEventKind::priority_changed,
                      .mention = {},
                      .text = decision.reasons.empty() ? std::string() : decision.reasons.back(),
                      .priority = decision.priority});
    }
    auto change = std::move(changing).finish();
    if (change.events.empty()) return std::nullopt;
    return change;
}

std::vector<TargetClock> clocks_of(const Queue& queue, const Policies& policies, Instant start) {
    std::vector<TargetClock> clocks;
    const auto promise = [&](Target target, const std::optional<Duration>& length) {
        if (!length) return;
        clocks.push_back({.target = target,
                          .started_at = start,
                          .length = *length,
                          .due_at = add_business_time(policies.calendar(queue.calendar), start, *length),
                          .calendar = queue.calendar});
    };
    promise(Target::first_response, queue.first_response);
    promise(Target::resolution, queue.resolution);
    return clocks;
}

TicketChange open(const Policies& policies, const Mention& mention, const Verdict& verdict,
                  const TicketContext& context, Random& random, Instant now) {
    const auto said_at = context.edit && mention.edited_at ? *mention.edited_at : mention.created_at;
    const auto start = std::min(std::max(said_at, context.since), now);
    auto priority = decide_priority(verdict);

    Opening opening{.queue = *verdict.queue,
                    .brand = verdict.brand,
                    .platform = mention.key.platform,
                    .source = mention.source,
                    .author = mention.author,
                    .conversation = mention.conversation,
                    .customer = context.customer,
                    .priority = priority.priority,
                    .tags = verdict.tags};
    opening.rule = verdict.routed_by.empty() && !verdict.rules.empty() ? verdict.rules.front() : verdict.routed_by;
    // The verdict's reasons quote the mention and go when it goes, so they stay with it.
    opening.reasons = std::move(priority.reasons);
    // A queue that was removed since the rules were read still takes the mention in; it only promises nothing.
    if (const Queue* queue = policies.queue(*verdict.queue)) {
        if (opening.brand.empty()) opening.brand = queue->brand;
        opening.ladder = queue->ladder;
        opening.clocks = clocks_of(*queue, policies, start);
    }

    TicketChanging changing(policies, Ticket{.id = new_id(random, now)}, {}, random, now);
    changing.add({.kind = TicketEventKind::opened, .mention = context.mention_id, .opening = std::move(opening)});
    return std::move(changing).finish();
}

}  // namespace

bool concerns_tickets(const Mention& mention, const Verdict& verdict) {
    return !mention.deleted && (mention.own || (verdict.queue && !verdict.ignore));
}

std::optional<TicketChange> route(const Policies& policies, const Mention& mention, const Verdict& verdict,
                                  const TicketContext& context, Random& random, Instant now) {
    if (!concerns_tickets(mention, verdict) || mention.created_at < context.since) return std::nullopt;
    if (mention.own) return answer(policies, mention, context, random, now);
    if (context.muted) return std::nullopt;
    if (context.open) return join(policies, verdict, context, random, now);
    if (context.edit && context.was_routed) return std::nullopt;
    return open(policies, mention, verdict, context, random, now);
}

PriorityDecision decide_priority(const Verdict& verdict) {
    const auto sum = sum_priority(verdict);
    return {.priority = sum.priority, .reasons = reasons_of(sum)};
}

}  // namespace rasid

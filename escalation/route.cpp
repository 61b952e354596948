#include "escalation/route.hpp"

#include "core/texts.hpp"
#include "escalation/business_time.hpp"
#include "escalation/target_policy.hpp"
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
Instant beginning_of(const TicketContext& context) {
    Instant beginning = context.open->opened_at;
    for (const auto& event : context.history) {
        if (event.opening) beginning = std::min(beginning, event.opening->asked_at);
    }
    return beginning;
}

/// When the author spoke, as far as it counts.
Instant heard_at(const Mention& mention, const TicketContext& context, Instant now) {
    const auto said_at = context.edit && mention.edited_at ? *mention.edited_at : mention.created_at;
    return std::min(std::max(said_at, context.since), now);
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
        if (event->kind != TicketEventKind::reply_queued && event->kind != TicketEventKind::auto_acknowledged) continue;
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
    if (mention.created_at < beginning_of(context)) return std::nullopt;
    TicketEvent event{
        .at = std::min(mention.created_at, now), .kind = TicketEventKind::replied, .mention = context.mention_id};
    if (const TicketEvent* queued = origin_of(mention, context)) {
        // The dispatcher reports its own replies; only one that it gave up on is news when it turns out to be there.
        if (queued->kind == TicketEventKind::auto_acknowledged || !failed(*queued, context)) return std::nullopt;
        event.refers_to = queued->id;
        event.actor = queued->actor;
    }
    event.text = mention.text;
    TicketChanging changing(policies, *context.open, context.history, random, now);
    changing.add(std::move(event));
    return std::move(changing).finish();
}

std::optional<TicketChange> join(const Policies& policies, const Mention& mention, const Verdict& verdict,
                                 const TicketContext& context, Random& random, Instant now) {
    TicketChanging changing(policies, *context.open, context.history, random, now);
    const bool known = mentions_it(context);
    if (known && !context.edit) return std::nullopt;
    if (!known) {
        if (context.open->state == TicketState::resolved) changing.add({.kind = TicketEventKind::reopened});
        changing.add(
            {.at = heard_at(mention, context, now), .kind = TicketEventKind::joined, .mention = context.mention_id});
    }
    const auto sum = sum_priority(verdict, priority_facts(policies, verdict, context));
    if (sum.priority > context.open->priority) {
        changing.add({.kind = TicketEventKind::priority_changed,
                      .mention = {},
                      .priority = sum.priority,
                      .detail = EventDetail{.priority_parts = sum.parts, .reasons = {reasons_of(sum).back()}}});
    }
    auto change = std::move(changing).finish();
    if (change.events.empty()) return std::nullopt;
    return change;
}

/// To one of the colleagues, where its queue assigns and somebody is here; else it waits for somebody to take it.
void give(TicketChanging& changing, const Policies& policies, const Verdict& verdict, const TicketContext& context) {
    const Queue* queue = policies.queue(changing.ticket().queue);
    if (!queue || !queue->assign) return;
    const auto choice =
        choose_assignee(*queue->assign, context.colleagues,
                        {.brand = changing.ticket().brand, .language = verdict.language, .skills = queue->skills});
    if (choice.person.empty()) return;
    changing.add(
        {.kind = TicketEventKind::assigned, .person = choice.person, .detail = EventDetail{.reasons = choice.reasons}});
}

/// What the customer is told at once, in his language; nullopt: nothing.
std::optional<TicketEvent> auto_acknowledgement(const Policies& policies, const Opening& opening,
                                                const Verdict& verdict, const TicketContext& context, Instant now) {
    const Queue* queue = policies.queue(opening.queue);
    if (!queue || !queue->auto_acknowledge || !context.can_reply || context.edit) return std::nullopt;
    const auto first = std::ranges::find(opening.promises, Target::first_response, &PromisedTarget::target);
    if (first == opening.promises.end()) return std::nullopt;
    const auto due = add_business_time(&first->calendar, opening.asked_at, first->length);
    if (due <= now) return std::nullopt;
    const auto& zone = first->calendar.name.empty() ? context.time_zone : first->calendar.time_zone;
    const Texts texts(verdict.language.starts_with("ar") ? "ar" : "en");
    return TicketEvent{.kind = TicketEventKind::auto_acknowledged,
                       .text = texts("answer.auto_acknowledgement", {{"time", texts.time(due, now, zone)}}),
                       .detail = EventDetail{.due_at = due}};
}

TicketChange open(const Policies& policies, const Mention& mention, const Verdict& verdict,
                  const TicketContext& context, Random& random, Instant now) {
    const auto sum = sum_priority(verdict, priority_facts(policies, verdict, context));

    Opening opening{.queue = *verdict.queue,
                    .brand = verdict.brand,
                    .platform = mention.key.platform,
                    .source = mention.source,
                    .author = mention.author,
                    .conversation = mention.conversation,
                    .customer = context.customer,
                    .tier = context.tier,
                    .priority = sum.priority,
                    .tags = verdict.tags,
                    .asked_at = heard_at(mention, context, now)};
    opening.rule = verdict.routed_by.empty() && !verdict.rules.empty() ? verdict.rules.front() : verdict.routed_by;
    // The verdict's reasons quote the mention and go when it goes, so they stay with it.
    opening.reasons = reasons_of(sum);
    opening.priority_parts = sum.parts;
    // A queue that was removed since the rules were read still takes the mention in; it only promises nothing.
    if (const Queue* queue = policies.queue(*verdict.queue)) {
        if (opening.brand.empty()) opening.brand = queue->brand;
        opening.ladder = queue->ladder;
        opening.promises = targets_for(policies, queue->name, opening.priority, opening.tier);
    }

    TicketChanging changing(policies, Ticket{.id = new_id(random, now)}, {}, random, now);
    const auto told = auto_acknowledgement(policies, opening, verdict, context, now);
    changing.add({.kind = TicketEventKind::opened, .mention = context.mention_id, .opening = std::move(opening)});
    if (told) changing.add(*told);
    give(changing, policies, verdict, context);
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
    if (context.open) return join(policies, mention, verdict, context, random, now);
    if (context.edit && context.was_routed) return std::nullopt;
    return open(policies, mention, verdict, context, random, now);
}

PriorityFacts priority_facts(const Policies& policies, const Verdict& verdict, const TicketContext& context) {
    PriorityFacts facts{.tier = context.tier,
                        .loss = context.loss,
                        .loss_scale = policies.priorities.loss_scale,
                        .incident = context.incident};
    const auto points = policies.priorities.tiers.find(context.tier);
    if (points != policies.priorities.tiers.end()) facts.tier_points = points->second;
    const auto weight = policies.rule_weights.find(verdict.routed_by);
    if (weight != policies.rule_weights.end()) facts.rule_weight = weight->second;
    return facts;
}

}  // namespace rasid

#include "daemon/intake.hpp"

#include "core/action_payload.hpp"
#include "daemon/page_state.hpp"
#include "engagement/clv.hpp"
#include "engagement/guard.hpp"
#include "engagement/react.hpp"
#include "engagement/risk.hpp"
#include "escalation/route.hpp"
#include "rules/corrected_verdict.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace rasid {
namespace {

/// Finds what the mentions of one page are copies of.
class CopiesOfPage {
public:
    CopiesOfPage(const DuplicateIndex* earlier, Instant now) : earlier_(earlier), now_(now) {}

    /// The id of the first mention with this text; empty: this is it.
    std::string first_of(const StoredMention& stored) {
        const auto& sketch = stored.verdict.sketch;
        auto found = earlier_ ? earlier_->find(sketch, now_) : std::nullopt;
        if (!found) found = page_.find(sketch, now_);
        // An edited mention finds itself.
        std::string first = found && *found != stored.id ? std::string(*found) : std::string();
        page_.add(sketch, first.empty() ? stored.id : first, now_);
        return first;
    }

private:
    const DuplicateIndex* earlier_;
    Instant now_;
    DuplicateIndex page_;
};

/// A new revision of the same text keeps what people said about its verdict.
void keep_corrections(Reader& reader, StoredMention& stored) {
    const auto name_of = [&](std::string_view id) {
        const auto person = reader.person(id);
        return person ? person->name : std::string();
    };
    apply_corrections(stored.verdict, stored.mention.text, reader.corrections_of(stored.id), name_of);
}

/// In money; nullopt where his brand's churn or his purchases are not known.
std::optional<double> expected_loss_of(const Decisions& decisions, const PlanState& plan, Instant now) {
    constexpr double kMinorUnits = 100;
    const auto churn = decisions.churn.find(plan.customer.brand);
    if (churn == decisions.churn.end()) return std::nullopt;
    const auto loss = expected_loss(clv(plan.customer, churn->second, utc_date(now)).figure, risk(plan.cases, now));
    if (!loss.value) return std::nullopt;
    return *loss.value / kMinorUnits;
}

/// The answer that tells a customer at once when a person will answer.
std::optional<OutboxItem> acknowledgement_of(const TicketChange& change, const StoredMention& stored, Instant now) {
    const auto told = std::ranges::find(change.events, TicketEventKind::auto_acknowledged, &TicketEvent::kind);
    if (told == change.events.end()) return std::nullopt;
    OutboxItem item;
    item.id = told->id;
    item.kind = "auto_reply";
    item.key = told->id;
    item.to = stored.mention.source;
    item.ticket = change.after.id;
    item.event = told->id;
    item.payload = print_action_payload({.token = stored.mention.reply_token,
                                         .text = told->text,
                                         .language = stored.verdict.language,
                                         .author = stored.mention.author.handle});
    item.priority = change.after.priority;
    item.created_at = now;
    item.not_before = now;
    return item;
}

StoredMention tombstone(StoredMention stored, const Mention& mention) {
    stored.mention.deleted = true;
    stored.mention.revision = mention.revision;
    stored.mention.title.clear();
    stored.mention.text.clear();
    stored.verdict.hits.clear();
    stored.verdict.sentiment.words.clear();
    stored.verdict.sketch = {};
    return stored;
}

}  // namespace

std::vector<Context> contexts_of(Reader& reader, const std::vector<Mention>& mentions,
                                 const std::string& default_plan) {
    std::vector<Context> contexts(mentions.size());
    std::map<std::tuple<std::string_view, std::string_view, bool>, std::size_t> authors;  // first mention of each
    reader.at_one_state([&] {
        for (std::size_t i = 0; i < mentions.size(); ++i) {
            const auto& mention = mentions[i];
            const auto& platform = mention.key.platform;
            const auto& handle = mention.author.handle;
            const auto [first, added] = authors.try_emplace({platform, handle, mention.own}, i);
            if (!added) {
                contexts[i] = contexts[first->second];
                continue;
            }
            if (const auto customer = reader.customer_of(platform, handle)) {
                contexts[i].customer = {customer->id, customer->tier,
                                        customer->plan.empty() ? default_plan : customer->plan};
            }
            if (!mention.own) contexts[i].history = reader.author_history(platform, handle);
        }
    });
    return contexts;
}

Intake decide(Reader& reader, const Decisions& decisions, const SourceFacts& source, const Page& page,
              const std::vector<Verdict>& verdicts, Random& random, Instant now, const DuplicateIndex* duplicates,
              IncidentDesk* incident_desk) {
    Intake intake;
    intake.source = source.name;
    intake.cursor = page.next.token;
    PageState state(reader, now);
    CopiesOfPage copies(duplicates, now);
    std::optional<PageIncidents> incidents;
    if (incident_desk) {
        auto& watch = incident_desk->watch(reader, decisions.incidents, now);
        incidents.emplace(watch, decisions.incidents, decisions.policies, state.desk(), random, now);
    }

    for (std::size_t i = 0; i < page.mentions.size(); ++i) {
        const auto& mention = page.mentions[i];
        const auto known = state.known(mention.key);
        if (mention.deleted) {
            if (known && !known->mention.deleted) state.keep(tombstone(*known, mention));
            continue;
        }
        if (known && (known->mention.revision == mention.revision || known->mention.deleted)) continue;

        StoredMention stored;
        stored.id = known ? known->id : new_id(random, now);
        stored.mention = mention;
        stored.mention.source = source.name;
        stored.verdict = verdicts[i];
        if (stored.verdict.brand.empty()) stored.verdict.brand = source.brand;
        if (known && !known->verdict.corrected_by.empty()) keep_corrections(reader, stored);
        stored.stored_at = known ? known->stored_at : now;
        stored.history = mention.created_at < source.since;
        stored.ticket = known ? known->ticket : "";
        const auto customer =
            mention.own ? std::nullopt : reader.customer_of(mention.key.platform, mention.author.handle);
        if (customer) stored.customer = customer->id;
        stored.copy_of = copies.first_of(stored);

        std::optional<Ticket> ticket;
        // An edit of a post that is in a ticket already is shown there; it neither joins again nor opens another one.
        if (stored.ticket.empty() && !stored.history && concerns_tickets(stored.mention, stored.verdict)) {
            TicketContext context;
            context.mention_id = stored.id;
            context.customer = stored.customer;
            if (customer) {
                context.tier = customer->tier;
                context.loss = expected_loss_of(decisions, state.plan(*customer), now);
            }
            context.open = state.open_ticket(mention, stored.customer);
            if (context.open) context.history = state.history(*context.open);
            if (!context.open) context.colleagues = state.colleagues(decisions.policies);
            context.since = source.since;
            context.muted = reader.muted(mention.key.platform, mention.author.handle);
            context.edit = known.has_value();
            context.can_reply = source.can_reply && !mention.reply_token.empty();
            context.time_zone = source.time_zone;
            const bool watched = incidents && !known && !mention.own && !context.muted;
            if (watched) context.incident = incidents->hear(stored);
            // Who has the incident's ticket has what stands below it.
            if (context.incident) context.colleagues = {};
            if (auto change = route(decisions.policies, stored.mention, stored.verdict, context, random, now)) {
                ticket = change->after;
                stored.ticket = ticket->id;
                const bool opened = change->expected_version == 0;
                if (auto item = acknowledgement_of(*change, stored, now)) intake.outbox.push_back(std::move(*item));
                state.add(std::move(*change));
                if (watched && opened) incidents->opened(stored.ticket);
            }
        }
        if (customer && !known) {
            auto rules = decisions.react;
            // What is long past, or what a rule passes over, opens no case that somebody would have to close.
            if (stored.history || stored.verdict.ignore) rules.cases.without_ticket = false;
            state.add(react(state.plan(*customer), stored.mention, stored.id, stored.verdict,
                            ticket ? &*ticket : nullptr, random, now, rules));
        }
        state.keep(std::move(stored));
    }
    intake.mentions = state.take_mentions();
    intake.tickets = state.take_changes();
    intake.plans = state.take_plans();
    if (incidents) {
        intake.hours = incidents->hours();
        intake.rises = incidents->rises();
    }
    return intake;
}

std::vector<Ticket> take(Store& store, const Intake& intake) {
    auto tickets = store.take(intake);
    for (const auto& plan : intake.plans) {
        if (!plan.guard || !plan.guard->held()) continue;
        const auto complaint = std::find_if(tickets.begin(), tickets.end(),
                                            [&](const Ticket& ticket) { return ticket.id == plan.guard->ticket; });
        if (complaint != tickets.end()) store.apply_plan(with_number(plan, *complaint));
    }
    return tickets;
}

void remember(DuplicateIndex& duplicates, const Intake& intake) {
    for (const auto& stored : intake.mentions) {
        duplicates.add(stored.verdict.sketch, stored.copy_of.empty() ? stored.id : stored.copy_of, stored.stored_at);
    }
}

void remember_stored(DuplicateIndex& duplicates, Reader& reader, Instant now) {
    const auto sketches = reader.sketches_since(now - DuplicateIndex::kWindow, int{DuplicateIndex::kMost});
    for (const auto& stored : sketches) duplicates.add(stored.sketch, stored.group, stored.stored_at);
}

}  // namespace rasid

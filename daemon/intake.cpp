#include "daemon/intake.hpp"

#include "engagement/guard.hpp"
#include "engagement/react.hpp"
#include "escalation/route.hpp"
#include "rules/corrected_verdict.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace rasid {
namespace {

/// The mentions, tickets and plans of one page while it is decided: what the page itself has changed stands before what
/// is stored.
class PageState {
public:
    PageState(Reader& reader, Instant now) : reader_(reader), now_(now) {}

    std::optional<Ticket> open_ticket(const Mention& mention, const std::string& customer) {
        // A post of ours belongs to the ticket of what it answers; whose thread it stands in says nothing about its own
        // author.
        if (mention.own) return ticket_answered_by(mention);
        const auto newest = std::find_if(changes_.rbegin(), changes_.rend(), [&](const TicketChange& change) {
            const auto& ticket = change.after;
            if (ticket.state != TicketState::open) return false;
            const bool same_thread = !mention.conversation.empty() && ticket.conversation == mention.conversation;
            const bool same_author = !mention.author.handle.empty() &&
                                     fold_handle(ticket.author.handle) == fold_handle(mention.author.handle);
            const bool same_customer = !customer.empty() && ticket.customer == customer;
            return same_customer || (ticket.platform == mention.key.platform && (same_thread || same_author));
        });
        if (newest != changes_.rend()) return newest->after;
        return current(
            reader_.open_ticket_for(mention.key.platform, mention.conversation, mention.author.handle, customer));
    }

    std::vector<TicketEvent> history(const Ticket& ticket) {
        auto events = reader_.events_of(ticket.id);
        if (const auto* change = change_of(ticket.id)) {
            events.insert(events.end(), change->events.begin(), change->events.end());
        }
        return events;
    }

    void add(TicketChange change) {
        if (auto* earlier = change_of(change.after.id)) {
            earlier->after = std::move(change.after);
            earlier->events.insert(earlier->events.end(), std::make_move_iterator(change.events.begin()),
                                   std::make_move_iterator(change.events.end()));
        } else {
            changes_.push_back(std::move(change));
        }
    }

    PlanState plan(const Customer& customer) {
        const auto found = plans_.find(customer.id);
        if (found != plans_.end()) return found->second;
        return plans_.emplace(customer.id, *plan_of(reader_, customer.id, now_)).first->second;
    }

    void add(const PlanChange& change) {
        auto& state = plans_[change.customer];
        put_all(state.touches, change.touches);
        put_all(state.cases, change.cases);
        put_all(state.surveys, change.surveys);
        if (change.guard) state.guard = *change.guard;
        plan_changes_.push_back(change);
    }

    /// A mention as this page, or else the store, has it.
    std::optional<StoredMention> known(const MentionKey& key) {
        const auto found = positions_.find(key);
        return found != positions_.end() ? std::optional(mentions_[found->second]) : reader_.mention(key);
    }

    void keep(StoredMention stored) {
        const auto [position, added] = positions_.emplace(stored.mention.key, mentions_.size());
        if (added)
            mentions_.push_back(std::move(stored));
        else
            mentions_[position->second] = std::move(stored);
    }

    std::vector<StoredMention> take_mentions() { return std::move(mentions_); }
    std::vector<TicketChange> take_changes() { return std::move(changes_); }
    std::vector<PlanChange> take_plans() { return std::move(plan_changes_); }

private:
    /// Each row in the place of the one with its id, or behind the others.
    template <typename Row>
    static void put_all(std::vector<Row>& rows, const std::vector<Row>& changed) {
        for (const auto& row : changed) {
            const auto same =
                std::find_if(rows.begin(), rows.end(), [&](const Row& known) { return known.id == row.id; });
            if (same == rows.end())
                rows.push_back(row);
            else
                *same = row;
        }
    }

    std::optional<Ticket> ticket_answered_by(const Mention& mention) {
        if (!mention.in_reply_to.empty()) {
            const MentionKey parent{mention.key.platform, mention.in_reply_to};
            const auto in_page = positions_.find(parent);
            if (in_page != positions_.end() && !mentions_[in_page->second].ticket.empty()) {
                if (auto* change = change_of(mentions_[in_page->second].ticket)) {
                    return change->after.state == TicketState::open ? std::optional(change->after) : std::nullopt;
                }
            }
            if (auto ticket = reader_.open_ticket_of_mention(parent)) return current(std::move(ticket));
        }
        for (auto change = changes_.rbegin(); change != changes_.rend(); ++change) {
            const auto& ticket = change->after;
            if (!mention.conversation.empty() && ticket.platform == mention.key.platform &&
                ticket.conversation == mention.conversation && ticket.state == TicketState::open) {
                return ticket;
            }
        }
        return current(reader_.open_ticket_for(mention.key.platform, mention.conversation, {}, {}));
    }

    TicketChange* change_of(const std::string& ticket) {
        const auto found = std::find_if(changes_.begin(), changes_.end(),
                                        [&](const TicketChange& change) { return change.after.id == ticket; });
        return found == changes_.end() ? nullptr : &*found;
    }

    /// A stored ticket as this page has left it, if it is still open.
    std::optional<Ticket> current(std::optional<Ticket> stored) {
        if (!stored) return stored;
        const auto* change = change_of(stored->id);
        if (!change) return stored;
        return change->after.state == TicketState::open ? std::optional(change->after) : std::nullopt;
    }

    Reader& reader_;
    Instant now_;
    std::vector<TicketChange> changes_;
    std::vector<PlanChange> plan_changes_;
    std::map<std::string, PlanState> plans_;
    std::vector<StoredMention> mentions_;
    std::map<MentionKey, std::size_t> positions_;  ///< in `mentions_`
};

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
        return person ? person->name : std::string("somebody who is gone");
    };
    apply_corrections(stored.verdict, stored.mention.text, reader.corrections_of(stored.id), name_of);
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
              const std::vector<Verdict>& verdicts, Random& random, Instant now, const DuplicateIndex* duplicates) {
    Intake intake;
    intake.source = source.name;
    intake.cursor = page.next.token;
    PageState state(reader, now);
    CopiesOfPage copies(duplicates, now);

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
            context.open = state.open_ticket(mention, stored.customer);
            if (context.open) context.history = state.history(*context.open);
            context.since = source.since;
            context.muted = reader.muted(mention.key.platform, mention.author.handle);
            context.edit = known.has_value();
            if (auto change = route(decisions.policies, stored.mention, stored.verdict, context, random, now)) {
                ticket = change->after;
                stored.ticket = ticket->id;
                state.add(std::move(*change));
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

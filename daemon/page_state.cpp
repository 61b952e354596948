#include "daemon/page_state.hpp"

#include "core/limits.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace rasid {
namespace {

/// Each row in the place of the one with its id, or behind the others.
template <typename Row>
void put_all(std::vector<Row>& rows, const std::vector<Row>& changed) {
    for (const auto& row : changed) {
        const auto same = std::find_if(rows.begin(), rows.end(), [&](const Row& known) { return known.id == row.id; });
        if (same == rows.end())
            rows.push_back(row);
        else
            *same = row;
    }
}

}  // namespace

std::optional<Ticket> PageState::open_ticket(const Mention& mention, const std::string& customer) {
    // A post of ours belongs to the ticket of what it answers; whose thread it stands in says nothing about its own
    // author.
    if (mention.own) return ticket_answered_by(mention);
    const auto newest = std::find_if(changes_.rbegin(), changes_.rend(), [&](const TicketChange& change) {
        const auto& ticket = change.after;
        if (ticket.state != TicketState::open) return false;
        const bool same_thread = !mention.conversation.empty() && ticket.conversation == mention.conversation;
        const bool same_author =
            !mention.author.handle.empty() && fold_handle(ticket.author.handle) == fold_handle(mention.author.handle);
        const bool same_customer = !customer.empty() && ticket.customer == customer;
        return same_customer || (ticket.platform == mention.key.platform && (same_thread || same_author));
    });
    if (newest != changes_.rend()) return newest->after;
    auto open =
        current(reader_.open_ticket_for(mention.key.platform, mention.conversation, mention.author.handle, customer));
    return open ? open : lately_resolved(mention);
}

std::vector<TicketEvent> PageState::history(const Ticket& ticket) {
    auto events = reader_.events_of(ticket.id);
    if (const auto* change = change_of(ticket.id)) {
        events.insert(events.end(), change->events.begin(), change->events.end());
    }
    return events;
}

std::span<const Colleague> PageState::colleagues(const Policies& policies) {
    if (!colleagues_ && policies.assigns()) colleagues_ = colleagues_of(policies.people, reader_.workloads(), now_);
    return colleagues_ ? std::span<const Colleague>(*colleagues_) : std::span<const Colleague>();
}

TicketDesk PageState::desk() {
    return {.ticket = [this](const std::string& id) -> std::optional<Ticket> {
                const auto* change = change_of(id);
                return change ? std::optional(change->after) : reader_.ticket(id);
            },
            .history = [this](const Ticket& ticket) { return history(ticket); },
            .change = [this](TicketChange change) { add(std::move(change)); }};
}

void PageState::add(TicketChange change) {
    for (const auto& event : change.events) {
        if (colleagues_ && event.kind == TicketEventKind::assigned) count_turn(*colleagues_, event.person, now_);
    }
    if (auto* earlier = change_of(change.after.id)) {
        earlier->after = std::move(change.after);
        earlier->events.insert(earlier->events.end(), std::make_move_iterator(change.events.begin()),
                               std::make_move_iterator(change.events.end()));
    } else {
        changes_.push_back(std::move(change));
    }
}

PlanState PageState::plan(const Customer& customer) {
    const auto found = plans_.find(customer.id);
    if (found != plans_.end()) return found->second;
    return plans_.emplace(customer.id, *plan_of(reader_, customer.id, now_)).first->second;
}

void PageState::add(const PlanChange& change) {
    auto& state = plans_[change.customer];
    put_all(state.touches, change.touches);
    put_all(state.cases, change.cases);
    put_all(state.surveys, change.surveys);
    if (change.guard) state.guard = *change.guard;
    plan_changes_.push_back(change);
}

std::optional<StoredMention> PageState::known(const MentionKey& key) {
    const auto found = positions_.find(key);
    return found != positions_.end() ? std::optional(mentions_[found->second]) : reader_.mention(key);
}

void PageState::keep(StoredMention stored) {
    const auto [position, added] = positions_.emplace(stored.mention.key, mentions_.size());
    if (added)
        mentions_.push_back(std::move(stored));
    else
        mentions_[position->second] = std::move(stored);
}

std::optional<Ticket> PageState::lately_resolved(const Mention& mention) {
    auto resolved = reader_.resolved_ticket_of(mention.key.platform, mention.conversation,
                                               mention.created_at - limits::kReopenWithin);
    return resolved && !change_of(resolved->id) ? resolved : std::nullopt;
}

std::optional<Ticket> PageState::ticket_answered_by(const Mention& mention) {
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

TicketChange* PageState::change_of(const std::string& ticket) {
    const auto found = std::find_if(changes_.begin(), changes_.end(),
                                    [&](const TicketChange& change) { return change.after.id == ticket; });
    return found == changes_.end() ? nullptr : &*found;
}

std::optional<Ticket> PageState::current(std::optional<Ticket> stored) {
    if (!stored) return stored;
    const auto* change = change_of(stored->id);
    if (!change) return stored;
    return change->after.state == TicketState::open ? std::optional(change->after) : std::nullopt;
}

}  // namespace rasid

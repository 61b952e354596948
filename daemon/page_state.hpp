#pragma once

#include "daemon/incident_desk.hpp"
#include "engagement/react.hpp"
#include "escalation/hand_out.hpp"
#include "storage/store.hpp"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rasid {

/// The mentions, tickets and plans of one page while it is decided: what the page itself has changed stands before what
/// is stored.
class PageState {
public:
    PageState(Reader& reader, Instant now) : reader_(reader), now_(now) {}

    std::optional<Ticket> open_ticket(const Mention& mention, const std::string& customer);
    std::vector<TicketEvent> history(const Ticket& ticket);

    /// Who may be given a new ticket, the page's own ones counted; nobody is read where no queue assigns.
    std::span<const Colleague> colleagues(const Policies& policies);
    TicketDesk desk();
    void add(TicketChange change);
    PlanState plan(const Customer& customer);
    void add(const PlanChange& change);

    /// A mention as this page, or else the store, has it.
    std::optional<StoredMention> known(const MentionKey& key);
    void keep(StoredMention stored);
    std::vector<StoredMention> take_mentions() { return std::move(mentions_); }
    std::vector<TicketChange> take_changes() { return std::move(changes_); }
    std::vector<PlanChange> take_plans() { return std::move(plan_changes_); }

private:
    /// The ticket that a further message in its conversation reopens.
    std::optional<Ticket> lately_resolved(const Mention& mention);
    std::optional<Ticket> ticket_answered_by(const Mention& mention);
    TicketChange* change_of(const std::string& ticket);

    /// A stored ticket as this page has left it, if it is still open.
    std::optional<Ticket> current(std::optional<Ticket> stored);

    Reader& reader_;
    Instant now_;
    std::vector<TicketChange> changes_;
    std::vector<PlanChange> plan_changes_;
    std::map<std::string, PlanState> plans_;
    std::optional<std::vector<Colleague>> colleagues_;
    std::vector<StoredMention> mentions_;
    std::map<MentionKey, std::size_t> positions_;  ///< in `mentions_`
};

}  // namespace rasid

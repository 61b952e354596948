#include "escalation/ticket_change.hpp"

#include "escalation/ticket_fold.hpp"

#include <utility>

namespace rasid {

TicketChanging::TicketChanging(const Policies& policies, const Ticket& before, std::span<const TicketEvent> history,
                               Random& random, Instant now)
    : policies_(policies), random_(random), now_(now), ticket_(before), expected_version_(before.version),
      all_(history.begin(), history.end()), known_(history.size()) {}

const TicketEvent& TicketChanging::add(TicketEvent event) {
    event.id = new_id(random_, now_);
    event.ticket = ticket_.id;
    event.sequence = ticket_.version + 1;
    if (event.at == Instant{}) event.at = now_;
    ticket_ = apply_event(std::move(ticket_), event, all_);
    all_.push_back(std::move(event));
    return all_.back();
}

TicketChange TicketChanging::finish() && {
    TicketChange change{.after = std::move(ticket_), .expected_version = expected_version_};
    change.events.assign(std::make_move_iterator(all_.begin() + static_cast<std::ptrdiff_t>(known_)),
                         std::make_move_iterator(all_.end()));
    if (!change.events.empty()) change.after = with_deadlines(std::move(change.after), policies_);
    return change;
}

}  // namespace rasid

#include "escalation/pause_report.hpp"

#include <algorithm>
#include <utility>

namespace rasid {

void PauseReport::add(const Ticket& ticket) {
    const bool kept = std::ranges::any_of(ticket.clocks, &TargetClock::kept_by_pausing);
    for (const auto& pause : ticket.paused_by) {
        auto person = std::ranges::find(people_, pause.person, &PersonPauses::person);
        if (person == people_.end()) person = people_.insert(people_.end(), PersonPauses{.person = pause.person});
        person->total += pause.total;
        ++person->tickets;
        if (kept) ++person->kept_by_pausing;
    }
}

std::vector<PersonPauses> PauseReport::people() && {
    std::ranges::stable_sort(people_, std::ranges::greater{}, &PersonPauses::total);
    return std::move(people_);
}

}  // namespace rasid

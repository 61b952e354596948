#include "escalation/report/workload.hpp"

#include "escalation/ticket_figures.hpp"

namespace rasid {

void WorkCount::add(const Ticket& ticket) {
    const bool opened = period_.holds(ticket.opened_at);
    const bool resolved = resolved_within(ticket, period_.from, period_.to);
    const bool open = open_at(ticket, period_.to);
    const auto* answer = first_answer(ticket);
    const bool answered = answer && period_.holds(answer->met_at);
    if (!opened && !resolved && !open && !answered) return;
    for (auto* work : {&total, &people[ticket.assignee], &queues[ticket.queue]}) {
        work->opened += opened;
        work->answered += answered;
        work->resolved += resolved;
        work->open += open;
    }
    if (opened) {
        ++hours[static_cast<std::size_t>(period_.hour_of(ticket.opened_at))];
        ++days[period_.day_of(ticket.opened_at)].opened;
    }
    if (answered) ++days[period_.day_of(*answer->met_at)].answered;
    if (resolved) ++days[period_.day_of(ticket.updated_at)].resolved;
}

}  // namespace rasid

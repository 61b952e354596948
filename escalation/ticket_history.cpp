#include "escalation/ticket_history.hpp"

#include <algorithm>

namespace rasid {

const TicketEvent* find_event(std::span<const TicketEvent> history, std::string_view id) {
    const auto event = std::ranges::find(history, id, &TicketEvent::id);
    return event == history.end() ? nullptr : &*event;
}

bool referred_to(std::span<const TicketEvent> history, std::string_view id,
                 std::initializer_list<TicketEventKind> kinds) {
    return std::ranges::any_of(history, [&](const TicketEvent& event) {
        return event.refers_to == id && std::ranges::find(kinds, event.kind) != kinds.end();
    });
}

bool is_undone(std::span<const TicketEvent> history, std::string_view id) {
    return referred_to(history, id, {TicketEventKind::undone});
}

const TicketEvent* latest_event(std::span<const TicketEvent> history, std::initializer_list<TicketEventKind> kinds) {
    const TicketEvent* found = nullptr;
    for (const auto& event : history) {
        if (std::ranges::find(kinds, event.kind) != kinds.end() && !is_undone(history, event.id)) found = &event;
    }
    return found;
}

std::string words_of(const TicketEvent& event, const Texts& texts) {
    return event.text.empty() && event.detail ? in_one_line(event.detail->reasons, texts) : event.text;
}

}  // namespace rasid

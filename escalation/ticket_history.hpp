#pragma once

#include "core/texts.hpp"
#include "core/ticket.hpp"

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace rasid {

// What a ticket's events say of each other. A history is in order; pointers live as long as it.

/// Null: the ticket has no such event.
const TicketEvent* find_event(std::span<const TicketEvent> history, std::string_view id);

/// Whether an event of one of these kinds refers to that one.
bool referred_to(std::span<const TicketEvent> history, std::string_view id,
                 std::initializer_list<TicketEventKind> kinds);

bool is_undone(std::span<const TicketEvent> history, std::string_view id);

/// The last event of one of these kinds that is not undone; null: there is none.
const TicketEvent* latest_event(std::span<const TicketEvent> history, std::initializer_list<TicketEventKind> kinds);

/// What an event says in words: what somebody wrote, or why Rasid did it. Empty: nothing.
std::string words_of(const TicketEvent& event, const Texts& texts);

}  // namespace rasid

#pragma once

#include "core/texts.hpp"
#include "core/ticket.hpp"

#include <string>
#include <string_view>

namespace rasid {

// What all mails about tickets say in the same words.

/// The subject of every mail about this ticket alone, without "Re: ". Built only from what never changes about a
/// ticket: another subject would split the thread.
std::string ticket_subject(const Texts& texts, const Ticket& ticket);

/// A subject of at most 69 characters.
std::string short_subject(std::string_view subject);

/// The rule that opened the ticket, or its queue.
const std::string& topic_of(const Ticket& ticket);

/// The newest clock of a target that is due at a moment; null: none is.
const TargetClock* due_clock(const Ticket& ticket, Target target);

/// The open clock that is due first; null: nothing is due.
const TargetClock* next_clock(const Ticket& ticket);

/// "First response late by 12 minutes"; without a clock that somebody is waited for.
std::string state_words(const Texts& texts, const TargetClock* clock, Instant now);

/// "Dana has it", or that nobody does where `name` is empty.
std::string holder_words(const Texts& texts, std::string_view name);

/// What became of a ticket.
struct TicketUpdate {
    std::string what = {};   ///< acknowledged | assigned | resolved; meant for him: named | proposed | returned
    std::string who = {};    ///< name of who did it, or of whom it was handed on to; empty: Rasid itself
    std::string words = {};  ///< meant for him: the note, the reply that waits, or why it came back
};

/// Whether it is meant for its reader and not told to all who know of the ticket.
bool is_personal(const TicketUpdate& update);

/// "Handed on to Dana".
std::string update_words(const Texts& texts, const TicketUpdate& update);

bool is_late(const TargetClock* clock, Instant now);

}  // namespace rasid

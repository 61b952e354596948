#pragma once

#include "core/notification.hpp"
#include "core/ticket.hpp"
#include "escalation/mail_words.hpp"

#include <span>
#include <string>
#include <utility>
#include <vector>

namespace rasid {

/// Something to put into somebody's inbox.
struct NewsForPerson {
    std::string person = {};  ///< id
    Notification notification = {};
};

/// Whom an event of a ticket's history is news to. A step that was taken is one to whom it told; that it was
/// acknowledged, handed on or resolved is one to everybody whom a step has told by mail, but not to who did it; a note
/// that names colleagues, and a reply that waits for approval or comes back, to those whom `detail.people` tells. The
/// breach itself is nobody's news: the ladder says who is told of it.
std::vector<NewsForPerson> news_of(const Ticket& ticket, std::span<const TicketEvent> history,
                                   const TicketEvent& event);

/// Whether an escalation still asks somebody to act: the ticket is open, nobody has acknowledged it, and what the
/// escalation was about is not fulfilled.
bool still_asked(const Ticket& ticket, const Notification& escalation);

/// The inbox without escalations of this ticket that no longer ask for anything.
PersonInbox without_fulfilled(PersonInbox inbox, const Ticket& ticket);

/// What an update says, and the id of the person it names; empty: nobody.
struct SaidUpdate {
    std::string what = {};
    std::string person = {};
};
SaidUpdate said_update(const Notification& update);

}  // namespace rasid

#pragma once

#include "core/mention.hpp"
#include "core/ticket.hpp"
#include "escalation/mail_words.hpp"
#include "escalation/policies.hpp"

#include <optional>
#include <string>

namespace rasid {

/// A mail as it is read: written for a person, not yet MIME.
struct MailContent {
    std::string subject = {};  ///< the same for the life of a ticket
    std::string text = {};
    std::string html = {};
    std::string reason = {};  ///< X-Rasid-Reason: why the recipient got it
};

/// What a mail about one ticket tells.
struct EscalationMail {
    Person recipient = {};
    Ticket ticket = {};
    Mention mention = {};  ///< the newest inbound one
    Verdict verdict = {};
    Target target = Target::first_response;
    int percent = 0;
    bool unacknowledged = false;  ///< told because nobody has acknowledged it for so long, not for a share of `target`
    bool again = false;           ///< told before, and nobody has acknowledged it
    std::optional<TicketUpdate> update = {};  ///< what became of it, in place of an escalation
    std::string assignee_name = {};           ///< empty: nobody has it
    std::string ticket_url = {};
    std::string acknowledge_url = {};
    std::string settings_url = {};
    std::string time_zone = "UTC";
    Instant now = {};
};

/// In the recipient's language. Names the keyword that hit, sentiment, source and author influence. Outside text is
/// quoted as text, bidi-isolated, its links not live.
MailContent render_escalation(const EscalationMail& mail);

}  // namespace rasid

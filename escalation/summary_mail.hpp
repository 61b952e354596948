#pragma once

#include "escalation/mail.hpp"
#include "escalation/notification_policy.hpp"

#include <string>
#include <vector>

namespace rasid {

/// One ticket in a mail about many.
struct SummaryLine {
    Ticket ticket = {};
    std::string text = {};                    ///< of its newest mention
    std::string assignee_name = {};           ///< empty: nobody has it
    std::optional<TicketUpdate> update = {};  ///< what became of it; absent: it still waits
    std::string url = {};
};

/// What a mail about many tickets tells: a burst, the night, or what came over the ceiling.
struct SummaryMail {
    Person recipient = {};
    NotificationMail::Kind kind = NotificationMail::Kind::summary;
    std::vector<SummaryLine> lines = {};  ///< the gravest first; those behind the 25th are counted only
    std::string queue_url = {};
    std::string settings_url = {};
    std::string time_zone = "UTC";
    Instant now = {};
};

MailContent render_summary(const SummaryMail& mail);

/// Late ones first, then by priority, then by what is due first.
void sort_gravest_first(std::vector<SummaryLine>& lines, Instant now);

}  // namespace rasid

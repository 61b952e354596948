#pragma once

#include "core/failure.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// The mail inside an outbox item.
struct MailPayload {
    std::string to_name = {};
    std::string subject = {};
    std::string text = {};
    std::string html = {};
    std::string language = {};
    std::string reason = {};                   ///< X-Rasid-Reason
    std::string list = {};                     ///< brand, for List-Id; may be empty
    std::int64_t ticket_number = 0;            ///< 0: about no ticket
    std::string about = {};                    ///< id of the gravest ticket of a mail about many
    std::vector<std::string> references = {};  ///< outbox ids of the thread's first and last mail to this person
    std::string calendar = {};                 ///< an iCalendar object that goes with it; its method is in it
    std::string unsubscribe_url = {};          ///< of newsletters: the one-click way out (RFC 8058)
};

std::string print_mail_payload(const MailPayload& payload);
Result<MailPayload> parse_mail_payload(std::string_view json);

}  // namespace rasid

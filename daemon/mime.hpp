#pragma once

#include "core/instant.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rasid {

/// One mail for one recipient, before it has a form. Everything but the addresses may come from strangers.
struct MailMessage {
    std::string from = {};  ///< mail address; its domain is the host of our ids. Precondition: is_mail_address
    std::string from_name = "Rasid";
    std::string to = {};  ///< mail address. Precondition: is_mail_address
    std::string to_name = {};
    std::string subject = {};
    std::string text = {};
    std::string html = {};
    std::string calendar = {};  ///< an iCalendar object as a third form of the mail; empty: none
    std::string language = {};  ///< BCP 47
    std::string intent = {};    ///< outbox id; Message-ID is <intent@host>, the same on every retry
    std::vector<std::string> references =
        {};                 ///< outbox ids of the thread's first and last mail; the first is answered
    std::string list = {};  ///< brand, for List-Id; may be empty
    std::string reason = {};
    std::string priority = {};
    std::string ticket = {};
    bool bulk = false;  ///< digests and reports
    Instant date = {};
    std::vector<std::pair<std::string, std::string>> extra = {};  ///< names from the program, values from anywhere
};

/// The whole RFC 5322 message with CRLF line ends: text before HTML, quoted-printable, UTF-8. The same input gives the
/// same bytes.
std::string build_mail(const MailMessage& message);

/// Makes it bulk mail with a one-click way out (RFC 8058).
void add_unsubscribe(MailMessage& message, const std::string& url);

/// Text that can stand in a header: one line of valid UTF-8 without control characters and without what a reader would
/// decode.
std::string header_text(std::string_view text);

/// <intent@host>, with the host of `from`, without the brackets.
std::string message_id(std::string_view intent, std::string_view from);

}  // namespace rasid
